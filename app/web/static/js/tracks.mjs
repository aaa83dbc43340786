// Where an instant lies on a timeline, and what the clock on the wall of the lab shows then.
const TRACK = 300; // seconds

export class Clock {
  constructor(timeline) {
    this.from = Number(timeline.dataset.from);
    this.zone = timeline.dataset.zone;
    this.tracks = Number(getComputedStyle(timeline).getPropertyValue("--cols"));
    const lang = document.documentElement.lang === "fa" ? "fa-IR-u-ca-persian" : "en-GB";
    const shown = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: this.zone };
    this.words = new Intl.DateTimeFormat(lang, shown);
    const typed = { ...shown, year: "numeric", month: "2-digit", day: "2-digit" };
    this.digits = new Intl.DateTimeFormat("en-CA-u-nu-latn", typed);
  }

  get end() {
    return this.from + this.tracks * TRACK;
  }

  // The instant (in seconds) below this point of a lane, at the beginning of a step of `minutes`.
  at(lane, x, minutes) {
    const box = lane.getBoundingClientRect();
    const way = document.dir === "rtl" ? box.right - x : x - box.left;
    const seconds = Math.min(Math.max(way / box.width, 0), 1) * this.tracks * TRACK;
    return this.round(this.from + seconds, minutes);
  }

  // The step of the clock at or before the instant. Steps count from local midnight.
  round(instant, minutes) {
    const [hour, minute] = this.typed(instant).time.split(":").map(Number);
    const past = (hour * 60 + minute) % minutes;
    return Math.floor(instant / 60) * 60 - past * 60;
  }

  // What a form takes: {day: "2026-11-23", time: "14:30"}.
  typed(instant) {
    const parts = Object.fromEntries(
      this.digits.formatToParts(new Date(instant * 1000)).map(({ type, value }) => [type, value]),
    );
    return { day: `${parts.year}-${parts.month}-${parts.day}`, time: `${parts.hour}:${parts.minute}` };
  }

  // The fields of a request for this span.
  fields(start, end) {
    const [first, last] = [this.typed(start), this.typed(end)];
    const fields = { date: first.day, start: first.time, end: last.time };
    if (last.day !== first.day) fields.end_date = last.day;
    return fields;
  }

  say(start, end) {
    const [first, last] = [start, end].map((instant) => this.words.format(new Date(instant * 1000)));
    return document.documentElement.lang === "fa" ? `${first} تا ${last}` : `${first}–${last}`;
  }

  length(start, end) {
    const minutes = Math.round((end - start) / 60);
    const clock = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
    return document.documentElement.lang === "fa" ? clock.replace(/\d/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[digit]) : clock;
  }

  // Lay an element of a lane over the span, as far as the timeline shows it.
  place(element, start, end) {
    const first = Math.min(Math.max(Math.floor((start - this.from) / TRACK), 0), this.tracks - 1);
    const last = Math.min(Math.max(Math.ceil((end - this.from) / TRACK), first + 1), this.tracks);
    element.style.gridColumn = `${first + 1} / ${last + 1}`;
  }
}
