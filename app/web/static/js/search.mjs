// The link to the search opens it over the page instead: what is typed is looked for at once, the arrows go through
// what was found, Enter on the words goes to the page of the search, Escape back to where one was.
const WAIT = 160; // ms, about the pause between two words

export function attach(link) {
  let box = null;
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    box ??= build(link);
    box.showModal();
    box.querySelector("input").select();
  });
}

function build(link) {
  const box = document.createElement("dialog");
  box.className = "finder";
  const words = Object.assign(document.createElement("input"), { type: "search", name: "q", maxLength: 200, dir: "auto" });
  words.className = "form-control";
  words.autocomplete = "off";
  words.placeholder = link.dataset.search;
  words.setAttribute("aria-label", link.dataset.search);
  const close = Object.assign(document.createElement("button"), { type: "button", textContent: link.dataset.close });
  close.className = "btn btn-bare";
  close.addEventListener("click", () => box.close());
  const form = Object.assign(document.createElement("form"), { action: link.href });
  form.setAttribute("role", "search");
  form.append(words, close);
  const found = document.createElement("div");
  found.className = "finder-found";
  const said = document.createElement("p");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  box.append(form, found, said);
  box.setAttribute("aria-label", link.querySelector("[aria-label]").getAttribute("aria-label"));
  document.body.append(box);
  words.addEventListener("input", later(() => look(link.href, words.value, found, said)));
  box.addEventListener("keydown", step);
  box.addEventListener("click", (event) => {
    if (event.target === box) box.close(); // beside it
  });
  return box;
}

function later(work) {
  let timer = null;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, WAIT);
  };
}

let asked = null;

async function look(address, text, found, said) {
  asked?.abort();
  if (!text.trim()) return found.replaceChildren();
  const mine = (asked = new AbortController());
  const url = new URL(address);
  url.search = new URLSearchParams({ q: text, part: 1 });
  try {
    const answer = await fetch(url, { signal: mine.signal });
    const part = await answer.text();
    if (answer.ok && !mine.signal.aborted) {
      found.replaceChildren(...new DOMParser().parseFromString(part, "text/html").body.childNodes);
      said.textContent = found.querySelector("[data-said]")?.dataset.said ?? found.querySelector("h2")?.textContent ?? "";
    }
  } catch {
    // Newer words are looked for, or the connection is gone: Enter still goes to the page.
  }
}

function step(event) {
  const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!way) return;
  const stops = [...event.currentTarget.querySelectorAll("input, .found a")];
  const next = stops[stops.indexOf(document.activeElement) + way];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
