// What every page may use. Each behaviour is a module of its own and attaches itself to what asks for
// it by a data attribute; a page that asks for nothing loads nothing more.
const behaviours = {
  "[data-autosubmit]": "./autosubmit.mjs",
  "[data-batch]": "./batch.mjs",
  "[data-confirm]": "./confirm.mjs",
  "[data-copy]": "./copy.mjs",
  "[data-date]": "./date-field.mjs",
  "[data-filter]": "./filter.mjs",
  "[data-keep]": "./keep.mjs",
  "[data-key]": "./keys.mjs",
  "[data-opens]": "./opens.mjs",
  "[data-print]": "./print.mjs",
  "[data-search]": "./search.mjs",
  "[data-sums]": "./sums.mjs",
  "[data-theme-form]": "./theme.mjs",
  "[data-wall]": "./wall.mjs",
  "details.menu": "./menus.mjs",
  "form[method=post]": "./once.mjs",
};

for (const [selector, module] of Object.entries(behaviours)) {
  const found = document.querySelectorAll(selector);
  if (found.length) import(module).then(({ attach }) => found.forEach(attach));
}

// Where a kept form has led, it is forgotten.
const done = document.querySelector("[data-kept]");
if (done) import("./keep.mjs").then(({ forget }) => forget(done));

// After a form came back with errors the first thing a person meets is what is wrong.
document.getElementById("form-errors")?.focus();
