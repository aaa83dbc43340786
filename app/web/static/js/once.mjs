// What changes something is sent once: the second press of an impatient finger is dropped.
export function attach(form) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) {
      event.preventDefault();
      return;
    }
    // Afterwards, for somebody else may still have called it off.
    setTimeout(() => {
      sent = !event.defaultPrevented;
    });
  });
  // Whoever comes back with the browser's arrow may send again.
  window.addEventListener("pageshow", () => {
    sent = false;
  });
}
