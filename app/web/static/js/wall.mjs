// A screen on a wall (data-wall) takes its own page anew twice a minute and changes what it shows in one go.
// When the server does not answer, what was said last stays, and it asks again.
const EVERY = 30_000;

export function attach(screen) {
  setInterval(async () => {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, redirect: "error" });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const there = fresh.querySelector("[data-wall]");
      if (there) screen.replaceChildren(...there.childNodes);
    } catch {
      // Offline for a while.
    }
  }, EVERY);
}
