// Light or dark at a press, without leaving the page. The form is sent all the same: the server remembers.
const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");

export function attach(form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const now = root.dataset.bsTheme ?? (dark.matches ? "dark" : "light");
    const chosen = now === "dark" ? "light" : "dark";
    root.dataset.bsTheme = chosen;
    const body = new URLSearchParams(new FormData(form));
    body.set("theme", chosen);
    fetch(form.action, { method: "POST", body, redirect: "manual" });
  });
}
