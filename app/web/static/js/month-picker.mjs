// A month to choose a day from, below a date field: true Jalali months for Persian readers. By keys: arrows move a
// day or a week, Page Up and Page Down a month, Home and End within the week, Enter takes it, Escape leaves.
import { calendar, monthAfter, plusDays, understand } from "./days.mjs";

const kind = calendar();
const same = (one, other) => one.getTime() === other.getTime();

function today() {
  const now = new Date();
  return new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()));
}

function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

export class Picker {
  constructor(field, button) {
    Object.assign(this, { field, button, box: null, shown: null });
    this.firstWeekday = Number(button.dataset.firstWeekday);
    button.hidden = false;
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => (this.box ? this.close() : this.open()));
    document.addEventListener("click", (event) => {
      // The way the press took, not where its button is now: a turned month has new buttons.
      const way = event.composedPath();
      if (this.box && !way.includes(this.box) && !way.includes(button)) this.close();
    });
  }

  open() {
    this.box = element("div", "picker");
    this.box.setAttribute("role", "dialog");
    this.box.setAttribute("aria-label", this.button.dataset.label);
    this.box.addEventListener("keydown", (event) => this.press(event));
    this.button.parentElement.append(this.box);
    this.button.setAttribute("aria-expanded", "true");
    this.show(understand(this.field.value) ?? today());
    this.focus();
  }

  close() {
    this.box.remove();
    this.box = null;
    this.button.setAttribute("aria-expanded", "false");
    this.button.focus();
  }

  take(day) {
    this.field.value = kind.typed(day);
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    this.field.dispatchEvent(new Event("change", { bubbles: true }));
    this.close();
  }

  show(day) {
    this.shown = day;
    this.box.replaceChildren(this.head(), this.grid());
  }

  focus() {
    this.box.querySelector("[tabindex='0']").focus();
  }

  head() {
    const head = element("div", "picker-head");
    const title = element("b", "", kind.month(this.shown));
    title.setAttribute("aria-live", "polite");
    const { previous, next } = this.button.dataset;
    head.append(this.turn(-1, "prev", previous), title, this.turn(1, "next", next));
    return head;
  }

  turn(count, drawing, label) {
    const button = element("button", "btn btn-bare btn-sm");
    button.type = "button";
    button.dataset.turn = count;
    button.setAttribute("aria-label", label);
    button.append(this.icon(drawing));
    button.addEventListener("click", () => {
      this.show(monthAfter(this.shown, count, kind));
      // The one pressed is gone; whoever turns by keys goes on from the same place.
      this.box.querySelector(`[data-turn="${count}"]`).focus();
    });
    return button;
  }

  // The drawing that the button shows, with another picture of the same file.
  icon(name) {
    const icon = this.button.querySelector("svg").cloneNode(true);
    const use = icon.querySelector("use");
    icon.classList.add("icon--turn");
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${name}`));
    return icon;
  }

  grid() {
    const first = monthAfter(this.shown, 0, kind);
    const past = (first.getUTCDay() + 6 - this.firstWeekday + 7) % 7;
    const grid = element("div", "picker-grid");
    for (let column = 0; column < 7; column += 1) {
      grid.append(element("span", "picker-weekday", kind.weekday.format(plusDays(first, column - past))));
    }
    for (let cell = 0; cell < 42; cell += 1) grid.append(this.day(plusDays(first, cell - past), first));
    return grid;
  }

  day(day, first) {
    const [, month, number] = kind.parts(day);
    const button = element("button", "picker-day", kind.digits(number));
    button.type = "button";
    button.tabIndex = same(day, this.shown) ? 0 : -1;
    button.setAttribute("aria-label", kind.long(day));
    if (month !== kind.parts(first)[1]) button.classList.add("is-out");
    if (same(day, today())) button.setAttribute("aria-current", "date");
    button.setAttribute("aria-pressed", String(same(day, understand(this.field.value) ?? new Date(NaN))));
    button.addEventListener("click", () => this.take(day));
    return button;
  }

  press(event) {
    if (event.key === "Escape") {
      event.stopPropagation();
      this.close();
      return;
    }
    const target = this.target(event.key);
    if (!target || !event.target.matches(".picker-day")) return;
    event.preventDefault();
    this.show(target);
    this.focus();
  }

  // Where a key leads from the day that has the focus; null for other keys.
  target(key) {
    const forward = document.dir === "rtl" ? -1 : 1;
    const inWeek = (this.shown.getUTCDay() + 6 - this.firstWeekday + 7) % 7;
    const days = { ArrowRight: forward, ArrowLeft: -forward, ArrowDown: 7, ArrowUp: -7, Home: -inWeek, End: 6 - inWeek };
    if (key in days) return plusDays(this.shown, days[key]);
    if (key === "PageUp") return monthAfter(this.shown, -1, kind);
    if (key === "PageDown") return monthAfter(this.shown, 1, kind);
    return null;
  }
}
