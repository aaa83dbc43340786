// A form or button with data-confirm asks that question before anything is sent.
export function attach(asking) {
  asking.addEventListener(asking.tagName === "FORM" ? "submit" : "click", (event) => {
    if (!window.confirm(asking.dataset.confirm)) event.preventDefault();
  });
}
