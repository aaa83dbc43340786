// A field with data-filter="#id" hides those rows of that list (data-filter-row) that lack its words.
// Letters count as one where keyboards differ: ي and ی, ك and ک, digits, half-spaces, accents.
const SAME = { ي: "ی", ى: "ی", ك: "ک", أ: "ا", إ: "ا", ؤ: "و", ئ: "ی", ة: "ه" };

export function fold(text) {
  return text
    .normalize("NFC")
    .replace(/[يىكأإؤئة]/g, (letter) => SAME[letter])
    .normalize("NFKD")
    .replace(/[\p{Mn}\u200C]/gu, "")
    .replace(/[۰-۹٠-٩]/g, (digit) => String(digit.codePointAt(0) % 16))
    .toLowerCase();
}

export function attach(field) {
  const list = document.querySelector(field.dataset.filter);
  const none = document.querySelector(`${field.dataset.filter}-none`);
  const rows = [...list.querySelectorAll("[data-filter-row]")].map((row) => [row, fold(row.textContent)]);
  field.closest("[hidden]")?.removeAttribute("hidden");
  field.addEventListener("input", () => {
    const words = fold(field.value).split(/\s+/).filter(Boolean);
    for (const [row, text] of rows) row.hidden = !words.every((word) => text.includes(word));
    if (none) none.hidden = rows.some(([row]) => !row.hidden);
  });
}
