// The calendar: a span chosen by hand or key, an entry moved or made longer, what is known of it beside it,
// and other people's changes without a reload. Without any of this every entry and every row is a link.
import { Card } from "./card.mjs";
import { live } from "./live.mjs";
import { Mover } from "./move.mjs";
import { Picker } from "./pick.mjs";
import { Clock } from "./tracks.mjs";

const page = document.getElementById("calendar");
const says = document.getElementById("calendar-says");
const card = new Card();

// What is under way on the timeline now: a selection or a move. One at a time.
let busy = null;

function say(text) {
  says.textContent = text;
}

function attach() {
  busy = null;
  const timeline = page.querySelector("[data-timeline]");
  if (!timeline) return;
  const clock = new Clock(timeline);
  const one = {
    card,
    say,
    take(other) {
      const before = busy;
      busy = other;
      if (before && before !== other) before.drop();
    },
    leave(other) {
      if (busy === other) busy = null;
    },
  };
  new Picker(timeline, clock, one);
  new Mover(timeline, clock, one);
  for (const part of timeline.querySelectorAll("details[data-part]")) {
    part.addEventListener("toggle", () => fold(timeline));
  }
}

// Which groups are folded up stands in the address, as all of the view does.
function fold(timeline) {
  const shut = [...timeline.querySelectorAll("details[data-part]:not([open])")].map((part) => part.dataset.part);
  for (const [address, put] of [
    [new URL(location.href), (url) => history.replaceState(null, "", url)],
    [new URL(page.dataset.live, location.href), (url) => (page.dataset.live = url.pathname + url.search)],
  ]) {
    if (shut.length) address.searchParams.set("shut", shut.join(","));
    else address.searchParams.delete("shut");
    put(address);
  }
}

page.addEventListener("click", (event) => {
  const entry = event.target.closest("a.claim, a[data-entry]");
  if (!entry || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  card.show(entry, entry.href);
});

document.querySelector("[data-keys]")?.removeAttribute("hidden");
attach();
live(page, { isBusy: () => busy !== null || card.isOpen, changed: attach, say });
