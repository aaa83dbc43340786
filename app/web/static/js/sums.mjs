// A form with an answer for each of several things (data-sums: where to say it): its button says how many of each there
// are, "Approve 2, decline 1", in the words of data-approve, data-decline and so on.
export function attach(form) {
  const label = document.querySelector(form.dataset.sums);
  const nothing = label.textContent;
  const sum = () => {
    const many = new Map();
    for (const chosen of form.querySelectorAll("input[type=radio]:checked")) {
      many.set(chosen.value, (many.get(chosen.value) ?? 0) + 1);
    }
    const number = new Intl.NumberFormat(document.documentElement.lang);
    const said = ["approve", "propose", "decline"]
      .filter((answer) => many.has(answer))
      .map((answer) => form.dataset[answer].replace("{n}", number.format(many.get(answer))));
    label.textContent = said.length ? sentence(said, form.dataset.between) : nothing;
  };
  form.addEventListener("change", sum);
  window.addEventListener("pageshow", sum);
  sum();
}

// One sentence: only its first word begins large.
function sentence([first, ...more], between) {
  return [first, ...more.map((part) => part.toLocaleLowerCase())].join(between);
}
