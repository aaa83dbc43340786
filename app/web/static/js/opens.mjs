// A link to a part of the page (data-opens) opens the part where it is a closed <details>, and puts the cursor into
// its first field.
const FIELD = "input:not([type=hidden]), select, textarea";

export function attach(link) {
  link.addEventListener("click", (event) => {
    const part = document.querySelector(link.getAttribute("href"));
    if (!part) return;
    event.preventDefault();
    if (part.tagName === "DETAILS") part.open = true;
    part.scrollIntoView({ block: "center" });
    part.querySelector(FIELD)?.focus({ preventScroll: true });
  });
}
