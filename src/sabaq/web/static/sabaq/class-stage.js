// <sabaq-stage>: the slide in step, earlier slides beside it, and the language of both.
//
// Some seconds after the page it fetches the whole deck, a few KB, and keeps it: from then on the next slide
// needs nothing but its name, and looking back works without a network. What the class has not reached yet
// is not shown. While somebody looks back the live slide goes on unseen, and the page says so.

class SabaqStage extends HTMLElement {
  connectedCallback() {
    [this.onstage, this.lookback, this.bar] = [".onstage", ".lookback", ".looking"].map((name) => this.querySelector(name));
    this.parts = this.closest("sabaq-parts");
    this.slides = new Map();
    this.closest("sabaq-class").addEventListener("heard", (event) => this.hear(event));
    this.parts.addEventListener("parts-shown", () => this.notice());
    this.addEventListener("click", (event) => this.press(event));
    this.leftAt = this.live.dataset.key;
    this.later = setTimeout(() => this.load().catch(() => {}), 2000 + 8000 * Math.random());
  }

  get live() {
    return this.onstage.querySelector("[data-part=stage]");
  }

  get reached() {
    return Number(this.live.dataset.number ?? 0);
  }

  async load() {
    clearTimeout(this.later);
    const language = this.parts.dataset.slides;
    const answer = await fetch(this.dataset.deck + language);
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const deck = new DOMParser().parseFromString(await answer.text(), "text/html");
    const parts = [...deck.querySelectorAll("[data-part]")];
    this.slides = new Map(parts.map((part) => [part.querySelector("[data-slide]").dataset.slide, part]));
    this.language = language;
  }

  hear(event) {
    const { kind, slide, run, votes } = event.detail;
    const counts = run ? document.querySelectorAll(`[data-counted="${run}"]`) : [];
    if (kind === "PollCounted" && counts.length) {
      for (const count of counts) count.textContent = votes;
      event.preventDefault();
    }
    // An interpreter's notes go with the slide, and are not in the deck.
    const hasNotes = document.querySelector("[data-part=notes]");
    // A draft of a poll is on no page but that of who may translate it.
    if (kind === "PollWritten" && !hasNotes) event.preventDefault();
    if (kind === "SlideShown" && !hasNotes && this.show(slide)) {
      event.preventDefault();
      this.parts.outdate();
    }
  }

  show(slide) {
    const kept = this.language === this.parts.dataset.slides && this.slides.get(slide);
    if (!kept) return false;
    const part = document.importNode(kept, true);
    part.querySelector(".later")?.remove();
    const isFocused = this.live.contains(document.activeElement);
    this.live.replaceWith(part);
    if (isFocused) part.querySelector(".slide").focus({ preventScroll: true });
    this.notice();
    return true;
  }

  notice() {
    const hasMoved = !this.lookback.hidden && this.live.dataset.key !== this.leftAt;
    this.bar.querySelector("[data-say=moved]").hidden = !hasMoved;
    this.bar.querySelector("[data-say=back]").hidden = this.lookback.hidden || hasMoved;
    if (!this.lookback.hidden && !this.live.dataset.number) this.look("");
  }

  press(event) {
    const link = event.target.closest("[data-look],[data-tongue],#to-live");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.dataset.tongue) this.speak(link);
    else this.turn(link);
  }

  async turn(link) {
    const slide = link.dataset.look ?? "";
    if (slide && !this.slides.has(slide)) await this.load().catch(() => {});
    if (slide && !this.slides.has(slide)) return location.assign(link.href);
    const again = link.classList.contains("later") ? ".later" : "[data-look]:not(.later)";
    this.look(slide);
    const place = this.lookback.hidden ? this.onstage : this.lookback;
    (place.querySelector(again) ?? place.querySelector(".slide"))?.focus({ preventScroll: true });
  }

  look(slide) {
    const kept = this.slides.get(slide);
    const isBack = Boolean(kept) && Number(kept.dataset.number) < this.reached;
    if (isBack && this.lookback.hidden) this.leftAt = this.live.dataset.key;
    if (isBack) this.lookback.replaceChildren(...document.importNode(kept, true).childNodes);
    else this.lookback.replaceChildren();
    this.lookback.hidden = this.bar.hidden = !isBack;
    this.onstage.hidden = isBack;
    this.notice();
  }

  async speak(link) {
    const at = (place) => place.querySelector("[data-slide]")?.dataset.slide ?? "";
    const [live, back] = [at(this.onstage), at(this.lookback)];
    this.querySelector("[data-tongue][aria-current]")?.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    this.parts.dataset.slides = link.dataset.tongue;
    history.replaceState(null, "", link.href);
    await this.load().catch(() => {});
    if (live && !this.show(live)) this.parts.refreshIn(0);
    this.leftAt = this.live.dataset.key;
    if (back) this.look(back);
  }
}

customElements.define("sabaq-stage", SabaqStage);
