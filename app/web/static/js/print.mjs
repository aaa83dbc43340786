// A button with data-print opens the browser's own dialogue for printing the page.
export function attach(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
