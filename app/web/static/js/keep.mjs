// Nothing that was typed is lost: a form with data-keep="name" keeps its fields in this tab until it has been taken.
// Whoever comes back to an empty one (signed out meanwhile, the connection gone, a wrong click) finds it filled in,
// and is told. A page that says data-kept="name" is where the form leads: there it is forgotten.
const NEVER = new Set(["csrf_token", "once", "password", "next"]);

const stored = (name) => `kept:${name}`;

function fields(form) {
  return [...form.elements].filter((field) => field.name && !NEVER.has(field.name) && field.type !== "submit");
}

function typed(form) {
  return fields(form)
    .filter((field) => field.type !== "hidden" && field.type !== "file")
    .map((field) => [field.name, field.value, field.type === "checkbox" || field.type === "radio" ? field.checked : null]);
}

// What only who has typed it can know: a time or a tick is easily chosen again, and the address may know better.
function isText(field) {
  return field.matches("textarea, input[type=text], input[type=email], input[type=search]") && !field.dataset.date;
}

function put(form, kept) {
  let back = 0;
  for (const field of fields(form).filter(isText)) {
    const [, value] = kept.find(([name]) => name === field.name) ?? [];
    if (!value || field.value) continue;
    field.value = value;
    back += 1;
  }
  return back;
}

export function attach(form) {
  const name = stored(form.dataset.keep);
  const note = form.querySelector("[data-keep-note]");
  const kept = JSON.parse(sessionStorage.getItem(name) ?? "null");
  if (kept && put(form, kept) && note) note.hidden = false;
  form.addEventListener("input", () => sessionStorage.setItem(name, JSON.stringify(typed(form))));
  form.querySelector("[data-keep-forget]")?.addEventListener("click", () => {
    sessionStorage.removeItem(name);
    form.reset();
    note.hidden = true;
  });
  form.addEventListener("submit", (event) => {
    const offline = form.querySelector("[data-keep-offline]");
    if (!offline) return;
    offline.hidden = navigator.onLine;
    if (navigator.onLine) return;
    event.preventDefault();
    offline.focus();
  });
}

export function forget(page) {
  sessionStorage.removeItem(stored(page.dataset.kept));
}
