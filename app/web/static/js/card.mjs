// What is known of something, beside it: fetched from the address that its link has, as a part of that page.
// Escape and a press elsewhere close it, and whoever came by key is back where they were.
const GAP = 8; // px

export class Card {
  constructor() {
    this.box = document.createElement("div");
    this.box.className = "pop beside";
    this.box.popover = "auto";
    document.body.append(this.box);
    this.box.addEventListener("toggle", (event) => {
      if (event.newState === "closed") this.closed();
    });
    this.box.addEventListener("click", (event) => {
      if (event.target.closest("[data-drop]")) this.close();
    });
    this.asked = null;
    this.onClose = null;
  }

  get isOpen() {
    return this.box.matches(":popover-open");
  }

  // Show the part of `address` beside the element. `onClose` hears when it is gone.
  async show(beside, address, { onClose = null, focus = true } = {}) {
    this.asked?.abort();
    const asked = (this.asked = new AbortController());
    const url = new URL(address, location.href);
    url.searchParams.set("part", "1");
    let answer;
    try {
      answer = await fetch(url, { signal: asked.signal });
    } catch (error) {
      if (error.name !== "AbortError") location.assign(address);
      return;
    }
    if (!answer.ok && answer.status !== 422) {
      location.assign(address);
      return;
    }
    const text = await answer.text();
    if (asked.signal.aborted) return;
    this.onClose = null;
    if (this.isOpen) this.box.hidePopover();
    this.box.replaceChildren(...new DOMParser().parseFromString(text, "text/html").body.childNodes);
    const title = this.box.querySelector("h2");
    this.box.setAttribute("role", title ? "dialog" : "group");
    if (title) {
      title.id = "card-title";
      this.box.setAttribute("aria-labelledby", "card-title");
    }
    for (const field of this.box.querySelectorAll("[data-here]")) field.value = location.pathname + location.search;
    this.box.showPopover();
    this.onClose = onClose;
    this.beside = beside;
    this.put();
    if (focus) (this.box.querySelector("[data-go]") ?? this.box.querySelector("a, button"))?.focus();
  }

  go() {
    this.box.querySelector("[data-go]")?.click();
  }

  close() {
    this.asked?.abort();
    if (this.isOpen) this.box.hidePopover();
  }

  closed() {
    this.box.removeAttribute("role");
    const [heard, beside] = [this.onClose, this.beside];
    this.onClose = null;
    heard?.();
    if (!heard && beside?.isConnected && beside.matches("a, button")) beside.focus({ preventScroll: true });
  }

  // Below what it is about, or above, or beside it where the window is too low; always inside the window.
  put() {
    const [about, own] = [this.beside.getBoundingClientRect(), this.box.getBoundingClientRect()];
    const most = { x: document.documentElement.clientWidth - own.width - GAP, y: innerHeight - own.height - GAP };
    const below = about.bottom + GAP;
    const above = about.top - own.height - GAP;
    const fits = below <= most.y || above >= GAP;
    const start = document.dir === "rtl" ? about.right - own.width : about.left;
    const beside = about.right + GAP <= most.x ? about.right + GAP : about.left - own.width - GAP;
    const inside = (wanted, last) => `${Math.max(GAP, Math.min(wanted, last))}px`;
    this.box.style.left = inside(fits ? start : beside, most.x);
    this.box.style.top = inside(!fits ? about.top : below <= most.y ? below : above, most.y);
  }
}
