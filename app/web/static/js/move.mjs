// An entry put on another time or made longer: pulled by its middle or its ends (with a finger after holding it),
// or by key (M, then the arrows).
// What the move would mean is said before it is made; letting go changes nothing.
const EDGE = 8; // px at the ends by which it is made longer
const STEP = 15;
const SLACK = 5; // px that a hand trembles
const HOLD = 400; // ms that a finger rests on it

export class Mover {
  constructor(timeline, clock, one) {
    Object.assign(this, { timeline, clock, one, bar: null });
    timeline.addEventListener("pointerdown", (event) => this.press(event));
    timeline.addEventListener("keydown", (event) => this.key(event));
    // A link that is being pulled is not dragged as an address.
    timeline.addEventListener("dragstart", (event) => event.target.closest("[data-at]") && event.preventDefault());
    for (const bar of timeline.querySelectorAll("[data-at]")) {
      bar.classList.add("claim--moves");
      bar.addEventListener("touchmove", (event) => this.bar && event.preventDefault(), { passive: false });
    }
  }

  press(event) {
    const bar = event.target.closest("[data-at]");
    if (!bar || event.button) return;
    const hand = new AbortController();
    const on = (name, hear) => document.addEventListener(name, hear, { signal: hand.signal });
    const [lane, edge, from] = [bar.closest("ol"), this.edge(bar, event), event.clientX];
    let isHeld = event.pointerType === "mouse";
    if (!isHeld) this.hold(bar, hand.signal, () => (isHeld = true));
    on("pointermove", (moved) => {
      const far = Math.hypot(moved.clientX - from, moved.clientY - event.clientY);
      if (!isHeld) return far > SLACK && hand.abort(); // the page is scrolled
      if (!this.bar && far < SLACK) return;
      if (!this.bar) this.begin(bar);
      const by = this.clock.at(lane, moved.clientX, 5) - this.clock.at(lane, from, 5);
      this.set(edge, Math.round(by / (STEP * 60)) * STEP * 60);
    });
    on("pointercancel", () => {
      hand.abort();
      if (isHeld && this.bar) this.drop();
    });
    on("pointerup", () => {
      hand.abort();
      if (isHeld && this.bar) this.release();
    });
  }

  // A finger scrolls, unless it rests on the entry first.
  hold(bar, signal, held) {
    const timer = setTimeout(() => {
      held();
      navigator.vibrate?.(15);
      this.begin(bar);
    }, HOLD);
    signal.addEventListener("abort", () => clearTimeout(timer));
    document.addEventListener("contextmenu", (event) => event.preventDefault(), { signal });
  }

  // Which end of the entry is under the hand, if any.
  edge(bar, event) {
    const box = bar.getBoundingClientRect();
    const [rtl, wide] = [document.dir === "rtl", event.pointerType === "mouse" ? EDGE : Math.min(2 * EDGE, box.width / 4)];
    if (event.clientX - box.left < wide) return rtl ? "end" : "start";
    if (box.right - event.clientX < wide) return rtl ? "start" : "end";
    return null;
  }

  release() {
    // The press that ends a move opens nothing.
    const stop = new AbortController();
    document.addEventListener("click", (click) => click.preventDefault(), { capture: true, signal: stop.signal });
    setTimeout(() => stop.abort(), 100);
    setTimeout(() => this.look());
  }

  begin(bar) {
    this.one.card.onClose = null;
    this.one.card.close();
    this.one.take(this);
    const [reference, occurrence, start, end] = bar.dataset.at.split(",");
    Object.assign(this, { bar, reference, occurrence, was: [Number(start), Number(end)] });
    [this.start, this.end] = this.was;
    const ghost = (this.ghost = document.createElement("li"));
    ghost.className = "pick-li all";
    ghost.innerHTML = '<div class="pick"><b></b><span></span></div>';
    bar.closest("ol").append(ghost);
    bar.classList.add("is-leaving");
    this.draw();
  }

  // Move it by so many seconds from where it was, or one of its ends.
  set(edge, by) {
    const [start, end] = this.was;
    if (edge === "start") this.start = Math.min(start + by, end - STEP * 60);
    else if (edge === "end") this.end = Math.max(end + by, start + STEP * 60);
    else [this.start, this.end] = [start + by, end + by];
    this.draw();
  }

  draw() {
    this.clock.place(this.ghost, this.start, this.end);
    this.ghost.querySelector("b").textContent = this.clock.say(this.start, this.end);
    this.ghost.querySelector("span").textContent = this.clock.length(this.start, this.end);
  }

  drop() {
    const bar = this.bar;
    this.ghost?.remove();
    bar?.classList.remove("is-leaving");
    this.bar = this.ghost = null;
    this.one.card.onClose = null;
    this.one.card.close();
    this.one.leave(this);
    bar?.focus({ preventScroll: true });
  }

  look() {
    if (this.start === this.was[0] && this.end === this.was[1]) return this.drop();
    const address = new URL(this.timeline.dataset.move.replace("REF", this.reference), location.href);
    address.searchParams.set("occurrence", this.occurrence);
    for (const [name, value] of Object.entries(this.clock.fields(this.start, this.end))) {
      address.searchParams.set(name, value);
    }
    return this.one.card.show(this.ghost, address, { onClose: () => this.drop() });
  }

  key(event) {
    const bar = event.target.closest("[data-at]");
    if (!bar || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!this.bar) {
      if (event.code !== "KeyM") return;
      this.begin(bar);
      this.one.say(this.clock.say(this.start, this.end));
    } else if (!this.keys(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  keys(event) {
    const forward = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = document.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
    if (event.key === "Escape") return this.drop() ?? true;
    if (event.key === "Enter") return this.look() ?? true;
    const by = { [forward]: STEP * 60, [back]: -STEP * 60 }[event.key];
    if (!by) return false;
    if (!event.shiftKey) this.start += by;
    this.end = Math.max(this.end + by, this.start + STEP * 60);
    this.draw();
    this.one.say(this.clock.say(this.start, this.end));
    return true;
  }
}
