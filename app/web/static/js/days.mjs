// Days in both calendars, from what the browser knows of them. A day is a Date at midnight UTC.
const MS = 864e5;
// What may be typed, as on the server.
const [FIRST_DAY, LAST_DAY] = [Date.UTC(1922, 0, 1), Date.UTC(2100, 11, 31)];
const NUMBERS = new Intl.DateTimeFormat("en-u-ca-persian-nu-latn", {
  year: "numeric",
  month: "numeric",
  day: "numeric",
  timeZone: "UTC",
});

export function ascii(text) {
  return text.replace(/[۰-۹٠-٩]/g, (digit) => String(digit.codePointAt(0) % 16));
}

export function plusDays(day, count) {
  return new Date(day.getTime() + count * MS);
}

// [year, month, day] of the Jalali calendar.
export function jalali(day) {
  const parts = Object.fromEntries(NUMBERS.formatToParts(day).map(({ type, value }) => [type, value]));
  return [parts.year, parts.month, parts.day].map((part) => parseInt(part, 10));
}

// The browser only reads Jalali days; the one wanted is found by looking around where it must be.
export function fromJalali(year, month, day) {
  const sinceNewYear = month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30;
  const guess = Date.UTC(year + 621, 2, 20) + (sinceNewYear + day - 1) * MS;
  for (let shift = -2; shift <= 2; shift += 1) {
    const found = new Date(guess + shift * MS);
    if (jalali(found).join() === [year, month, day].join()) return found;
  }
  return null;
}

function fromGregorian(year, month, day) {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date : null;
}

// A typed date in either calendar and any digits, as the server reads it; null for anything else.
export function understand(text) {
  const found = /^(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})$/.exec(ascii(text).trim());
  if (!found) return null;
  const [year, month, day] = found.slice(1).map(Number);
  const date = year >= 1300 && year <= 1498 ? fromJalali(year, month, day) : fromGregorian(year, month, day);
  return date && date >= FIRST_DAY && date <= LAST_DAY ? date : null;
}

const words = (locale, options) => new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });

// Put together as the server does, in the order of day, month and year: a locale's own order of the Persian
// calendar is that of English, and has its commas.
function inOrder(locale, options) {
  const format = words(locale, options);
  return (day) => {
    const parts = Object.fromEntries(format.formatToParts(day).map(({ type, value }) => [type, value]));
    return Object.keys(options).map((name) => parts[name]).join(" ");
  };
}

// Sunday 22 November 2026, یکشنبه ۱ آذر ۱۴۰۵
const LONG = { weekday: "long", day: "numeric", month: "long", year: "numeric" };
// November 2026, آذر ۱۴۰۵
const MONTH = { month: "long", year: "numeric" };

// How a language counts its months and writes its days.
export const CALENDARS = {
  en: {
    parts: (day) => [day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate()],
    make: (year, month) => new Date(Date.UTC(year, month - 1, 1)),
    long: inOrder("en-GB", LONG),
    month: inOrder("en-GB", MONTH),
    weekday: words("en-GB", { weekday: "short" }),
    digits: (number) => String(number),
    typed: (day) => day.toISOString().slice(0, 10),
  },
  fa: {
    parts: jalali,
    make: (year, month) => fromJalali(year, month, 1),
    long: inOrder("fa-IR-u-ca-persian", LONG),
    month: inOrder("fa-IR-u-ca-persian", MONTH),
    weekday: words("fa-IR-u-ca-persian", { weekday: "narrow" }),
    digits: (number) => String(number).replace(/\d/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[digit]),
    typed(day) {
      const [year, month, date] = jalali(day).map((part) => String(part).padStart(2, "0"));
      return this.digits(`${year}/${month}/${date}`);
    },
  },
};

export function calendar() {
  return CALENDARS[document.documentElement.lang] ?? CALENDARS.en;
}

// The first day of the month `count` months after the one that holds the day.
export function monthAfter(day, count, kind) {
  const [year, month] = kind.parts(day);
  const months = year * 12 + month - 1 + count;
  return kind.make(Math.floor(months / 12), (months % 12) + 1);
}
