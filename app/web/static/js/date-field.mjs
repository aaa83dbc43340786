// A date field (data-date) says in both calendars what was understood of it, and opens a month to choose from.
import { CALENDARS, understand } from "./days.mjs";
import { Picker } from "./month-picker.mjs";

// A line for each calendar, that of the page first.
function describe(day) {
  const codes = document.documentElement.lang === "fa" ? ["fa", "en"] : ["en", "fa"];
  return codes.map((code) => {
    const line = document.createElement("span");
    line.lang = code;
    line.dir = "auto";
    line.textContent = CALENDARS[code].long(day);
    return line;
  });
}

export function attach(field) {
  const echo = document.getElementById(`${field.id}-echo`);
  const button = document.getElementById(`${field.id}-open`);
  const show = () => {
    const day = understand(field.value);
    echo.replaceChildren(...(day ? describe(day) : []));
  };
  field.addEventListener("input", show);
  show();
  if (button) new Picker(field, button);
}
