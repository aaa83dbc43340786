// What every page may use. Each behaviour is a module of its own and attaches itself to what asks for
// it by a data attribute; a page that asks for nothing loads nothing more.
const behaviours = {
  "[data-copy]": "./copy.mjs",
  "[data-autosubmit]": "./autosubmit.mjs",
  "[data-date]": "./date-echo.mjs",
};

for (const [selector, module] of Object.entries(behaviours)) {
  const found = document.querySelectorAll(selector);
  if (found.length) import(module).then(({ attach }) => found.forEach(attach));
}

// After a form came back with errors the first thing a person meets is what is wrong.
document.getElementById("form-errors")?.focus();
