// A span of a row, chosen by mouse, finger or key. Every row has a link over its empty time (.tl-pick): without a
// script it leads to the request page; here a press begins a span, a drag makes it longer, and the arrows do both.
const USUAL = 60; // minutes of a span that was only pointed at

export class Picker {
  constructor(timeline, clock, one) {
    Object.assign(this, { timeline, clock, one, row: null, mark: null, start: 0, end: 0 });
    this.links = [...timeline.querySelectorAll(".tl-pick")];
    this.links.forEach((link, place) => (link.tabIndex = place ? -1 : 0));
    timeline.addEventListener("pointerdown", (event) => this.press(event));
    timeline.addEventListener("click", (event) => {
      if (event.target.closest(".tl-pick") && event.detail) event.preventDefault(); // the press has done it
    });
    timeline.addEventListener("keydown", (event) => this.key(event));
  }

  press(event) {
    const handle = event.target.closest(".pick-handle");
    const link = event.target.closest(".tl-pick");
    if (event.button || (!handle && !link)) return;
    if (handle) return this.pull(event, handle);
    if (event.pointerType !== "mouse") return this.tap(event, link);
    event.preventDefault();
    this.begin(link, this.clock.at(link, event.clientX, this.step(link)));
    link.focus({ preventScroll: true });
    const from = this.start;
    this.follow(link, (x, moved) => {
      const to = this.clock.at(link, x, this.step(link));
      if (!moved && to === from) return;
      this.set(Math.min(from, to), Math.max(from, to) + this.step(link) * 60);
    });
  }

  // A finger scrolls as long as it moves; a tap takes the usual length, and its ends can be pulled.
  tap(event, link) {
    const { clientX, clientY } = event;
    const up = (lifted) => {
      if (Math.hypot(lifted.clientX - clientX, lifted.clientY - clientY) > 10) return;
      this.begin(link, this.clock.at(link, clientX, this.step(link)));
      this.look();
    };
    link.addEventListener("pointerup", up, { once: true });
    link.addEventListener("pointercancel", () => link.removeEventListener("pointerup", up), { once: true });
  }

  pull(event, handle) {
    event.preventDefault();
    const link = this.row;
    this.one.card.onClose = null;
    this.one.card.close();
    this.follow(handle, (x) => {
      const at = this.clock.at(link, x, this.step(link));
      if (handle.dataset.end) this.set(this.start, Math.max(at, this.start + this.step(link) * 60));
      else this.set(Math.min(at, this.end - this.step(link) * 60), this.end);
    });
  }

  // Follow the pointer until it is let go, then look at what has been chosen.
  follow(target, moved) {
    let far = false;
    const move = (event) => {
      far = true;
      moved(event.clientX, far);
    };
    const end = () => {
      document.removeEventListener("pointermove", move);
      document.removeEventListener("pointerup", end);
      document.removeEventListener("pointercancel", end);
      this.look();
    };
    document.addEventListener("pointermove", move);
    document.addEventListener("pointerup", end);
    document.addEventListener("pointercancel", end);
  }

  step(link) {
    return Number(link.dataset.grid);
  }

  begin(link, start) {
    this.one.card.onClose = null; // the card of the span before goes without taking this one along
    this.one.take(this);
    if (this.row !== link) this.lift();
    this.row = link;
    const least = Math.max(Number(link.dataset.least), Math.min(USUAL, Number(link.dataset.most)));
    this.set(start, start + Math.max(least, this.step(link)) * 60);
  }

  set(start, end) {
    Object.assign(this, { start, end });
    if (!this.mark) this.draw();
    this.clock.place(this.mark, start, end);
    this.mark.querySelector("b").textContent = this.clock.say(start, end);
    this.mark.querySelector("span").textContent = this.clock.length(start, end);
  }

  draw() {
    const mark = (this.mark = document.createElement("li"));
    mark.className = "pick-li all";
    mark.innerHTML =
      '<div class="pick"><b></b><span></span><i class="pick-handle"></i><i class="pick-handle" data-end="1"></i></div>';
    this.row.nextElementSibling.append(mark);
  }

  lift() {
    this.mark?.remove();
    this.mark = null;
  }

  drop() {
    this.lift();
    this.one.card.onClose = null;
    this.one.card.close();
    this.one.leave(this);
  }

  // What would be said to it: the verdicts of the request page, beside the span.
  look() {
    if (!this.mark) return;
    const address = new URL(this.timeline.dataset.look, location.href);
    address.searchParams.set("equipment", new URL(this.row.href).searchParams.get("equipment"));
    for (const [name, value] of Object.entries(this.clock.fields(this.start, this.end))) {
      address.searchParams.set(name, value);
    }
    const row = this.row;
    this.one.card.show(this.mark, address, {
      onClose: () => {
        this.drop();
        row.focus({ preventScroll: true });
      },
    });
  }

  key(event) {
    const link = event.target.closest(".tl-pick");
    if (!link || event.ctrlKey || event.metaKey || event.altKey) return;
    const done = this.keys(link, event);
    if (done) event.preventDefault();
  }

  keys(link, event) {
    const forward = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = document.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
    if (event.key === "ArrowDown" || event.key === "ArrowUp") return this.go(link, event.key === "ArrowDown" ? 1 : -1);
    if (event.key === forward) return this.shift(link, 1, event.shiftKey);
    if (event.key === back) return this.shift(link, -1, event.shiftKey);
    if (event.key === "Escape" && this.mark) return this.drop() ?? true;
    if (event.key === "Enter" && this.mark && this.row === link) return this.look() ?? true;
    return false;
  }

  go(link, by) {
    const shown = this.links.filter((one) => one.checkVisibility());
    const next = shown[shown.indexOf(link) + by];
    if (!next) return true;
    link.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
    if (this.mark) {
      const { start, end } = this;
      this.begin(next, start);
      this.set(start, end);
      this.tell();
    }
    return true;
  }

  shift(link, by, length) {
    const step = this.step(link) * 60;
    if (!this.mark || this.row !== link) {
      const now = Date.now() / 1000;
      const inside = now > this.clock.from && now < this.clock.end ? now : this.opens(link);
      this.begin(link, this.clock.round(inside + step - 1, this.step(link)));
    } else if (length) {
      this.set(this.start, Math.max(this.end + by * step, this.start + step));
    } else {
      this.set(this.start + by * step, this.end + by * step);
    }
    this.tell();
    return true;
  }

  // Where the row's first opening begins: behind the closed hours that lead the lane.
  opens(link) {
    const shut = link.nextElementSibling.querySelector("li.shut.c1");
    const [, length] = /\bs(\d+)\b/.exec(shut?.className ?? "") ?? [0, 0];
    return this.clock.from + Number(length) * 300;
  }

  tell() {
    this.one.say(`${this.row.getAttribute("aria-label")}. ${this.clock.say(this.start, this.end)}`);
    this.mark.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}
