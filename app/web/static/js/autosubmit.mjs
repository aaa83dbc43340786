// A form with data-autosubmit is sent when a choice in it changes; its button stays for everybody else.
export function attach(form) {
  form.querySelector("[type=submit]")?.setAttribute("hidden", "");
  form.addEventListener("change", (event) => {
    if (event.target.matches("select, input[type=checkbox], input[type=radio]")) form.requestSubmit();
  });
}
