// A part of the page that others change: asked for again while somebody looks at it, and drawn anew when the
// server says that it has changed. What is focused, folded and scrolled stays as it is.
const EVERY = 15_000;
const AT_MOST = 120_000;

export function live(part, { isBusy, changed, say }) {
  let version = part.dataset.version;
  let wait = EVERY;
  let timer = null;

  async function look() {
    if (document.hidden || isBusy()) return plan();
    try {
      const answer = await fetch(part.dataset.live, { headers: { "If-None-Match": `"${version}"` }, cache: "no-store" });
      wait = EVERY;
      if (answer.status === 200 && !isBusy()) {
        version = answer.headers.get("ETag").replace(/^W\/|"|-gzip/g, "");
        draw(await answer.text());
      }
    } catch {
      wait = Math.min(wait * 2, AT_MOST); // the connection is gone: it is tried again, more and more rarely
    }
    plan();
  }

  function draw(text) {
    const before = part.innerHTML;
    const focused = document.activeElement?.closest("#calendar [href]")?.getAttribute("href");
    const scrolled = part.querySelector(".tl-scroll")?.scrollLeft;
    part.innerHTML = "";
    part.append(...new DOMParser().parseFromString(text, "text/html").body.childNodes);
    if (scrolled) part.querySelector(".tl-scroll").scrollLeft = scrolled;
    if (focused) part.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    if (before !== part.innerHTML) say(part.dataset.changed);
    changed();
  }

  function plan() {
    clearTimeout(timer);
    timer = setTimeout(look, wait);
  }

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) look();
  });
  plan();
}
