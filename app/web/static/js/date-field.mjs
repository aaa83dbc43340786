// A date field (data-date) says in both calendars what was understood of it, and opens a month to choose from.
import { CALENDARS, understand } from "./days.mjs";
import { Picker } from "./month-picker.mjs";

// Isolated, so that neither reorders the other.
const isolated = (text) => `\u2068${text}\u2069`;

function describe(day) {
  const page = document.documentElement.lang === "fa" ? ["fa", "en"] : ["en", "fa"];
  return page.map((code) => isolated(CALENDARS[code].long(day))).join(" · ");
}

export function attach(field) {
  const echo = document.getElementById(`${field.id}-echo`);
  const button = document.getElementById(`${field.id}-open`);
  const show = () => {
    const day = understand(field.value);
    echo.textContent = day ? describe(day) : "";
  };
  field.addEventListener("input", show);
  show();
  if (button) new Picker(field, button);
}
