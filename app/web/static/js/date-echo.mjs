// Under a date field (data-date) stands what was understood of it, in both calendars, as it is typed.
const DIGITS = /[۰-۹٠-٩]/g;
const JALALI_OFFSETS = { first: 1300, last: 1498 };

function ascii(text) {
  return text.replace(DIGITS, (digit) => String(digit.codePointAt(0) % 16));
}

// The browser knows the Persian calendar one way only (to read a day); search the day that reads as asked.
function fromJalali(year, month, day) {
  const names = new Intl.DateTimeFormat("en-u-ca-persian-nu-latn", { year: "numeric", month: "numeric", day: "numeric", timeZone: "UTC" });
  const guess = Date.UTC(year + 621, 2, 20) + ((month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30) + day - 1) * 864e5;
  for (let shift = -2; shift <= 2; shift += 1) {
    const date = new Date(guess + shift * 864e5);
    const parts = Object.fromEntries(names.formatToParts(date).map((part) => [part.type, parseInt(part.value, 10)]));
    if (parts.year === year && parts.month === month && parts.day === day) return date;
  }
  return null;
}

function understand(text) {
  const found = /^(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})$/.exec(ascii(text).trim());
  if (!found) return null;
  const [year, month, day] = found.slice(1).map(Number);
  if (year >= JALALI_OFFSETS.first && year <= JALALI_OFFSETS.last) return fromJalali(year, month, day);
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1900 && year <= 2100 && date.getUTCMonth() === month - 1 ? date : null;
}

export function attach(field) {
  const echo = document.createElement("p");
  echo.className = "echo";
  echo.setAttribute("aria-live", "polite");
  field.after(echo);
  const persian = new Intl.DateTimeFormat("fa-IR-u-ca-persian", { dateStyle: "long", timeZone: "UTC" });
  const gregorian = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeZone: "UTC" });
  const show = () => {
    const date = understand(field.value);
    echo.textContent = date ? `\u2068${gregorian.format(date)}\u2069 · \u2068${persian.format(date)}\u2069` : "";
  };
  field.addEventListener("input", show);
  show();
}
