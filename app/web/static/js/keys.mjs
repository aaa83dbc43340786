// One key presses one button or follows one link: data-key="A". Letters are told by their place on the keyboard, not
// by what they write: on a Persian layout the same key writes another letter. Never while somebody types, and never
// together with a modifier (but "?", which is the key of the slash with shift).
const TYPED = "input:not([type=radio], [type=checkbox]), textarea, select, [role=slider], [contenteditable=true]";

export function attach(target) {
  const pressed = matcher(target.dataset.key);
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.repeat) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(TYPED)) return;
    if (!pressed(event) || !target.checkVisibility()) return;
    event.preventDefault();
    target.click();
  });
}

function matcher(key) {
  if (/^[a-z]$/i.test(key)) return (event) => event.code === `Key${key.toUpperCase()}` && !event.shiftKey;
  if (key === "?") return (event) => event.code === "Slash" && event.shiftKey;
  if (key === "/") return (event) => event.code === "Slash" && !event.shiftKey;
  return (event) => event.key.toLowerCase() === key.toLowerCase();
}
