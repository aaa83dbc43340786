// One key presses one button or follows one link: data-key="A". Never while somebody types.
const TYPED = "input:not([type=radio], [type=checkbox]), textarea, select, [role=slider]";

export function attach(target) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPED)) return;
    if (event.key.toLowerCase() !== target.dataset.key.toLowerCase() || !target.checkVisibility()) return;
    event.preventDefault();
    target.click();
  });
}
