// A list of boxes to tick (data-batch): its button shows once something is ticked, and says how many.
export function attach(form) {
  const bar = form.querySelector(".batch");
  const button = bar.querySelector("[data-many]");
  const count = () => {
    const many = form.querySelectorAll("input[type=checkbox]:checked").length;
    bar.hidden = many === 0;
    const shown = new Intl.NumberFormat(document.documentElement.lang).format(many);
    button.querySelector("span").textContent = button.dataset.many.replace("{n}", shown);
  };
  form.addEventListener("change", count);
  // What was ticked before somebody came back with the browser's arrow is ticked again.
  window.addEventListener("pageshow", count);
  count();
}
