// <sabaq-parts>: fetches the parts of a class page again and puts in those that have changed.
//
// A part is an element with data-part (which one) and data-key (how it looks): the same key, the same look.
// Where the page says so (data-slides, data-have), only parts with another key than ours are asked for. What is focused
// stays focused, what is unfolded stays unfolded, what is typed stays typed.

const fingerprint = (key) =>
  [...key].reduce((sum, char) => (Math.imul(sum, 31) + char.codePointAt(0)) >>> 0, 0).toString(16);
const isTouched = (field) =>
  /radio|checkbox/.test(field.type) ? field.checked !== field.defaultChecked : field.value !== (field.defaultValue ?? "");

class SabaqParts extends HTMLElement {
  connectedCallback() {
    this.asked = this.shown = 0;
    this.addEventListener("quick-sent", () => this.refreshIn(0));
    document.addEventListener("visibilitychange", () => document.hidden || this.refreshIn(0));
    window.addEventListener("online", () => this.refreshIn(0));
  }

  // Ask within `ms` milliseconds; an earlier asking stands.
  refreshIn(ms) {
    const due = Date.now() + ms * Math.random();
    if (this.soon && this.due <= due) return;
    clearTimeout(this.soon);
    this.due = due;
    this.soon = setTimeout(() => this.refresh(), due - Date.now());
  }

  // What is being fetched is older than what the page has learned otherwise.
  outdate() {
    if (this.asked === this.shown) return;
    this.shown = this.asked;
    this.refreshIn(0);
  }

  get address() {
    const { slides } = this.dataset;
    if (slides === undefined && !("have" in this.dataset)) return this.dataset.now;
    const parts = [...document.querySelectorAll("[data-part]")];
    const have = parts.map(({ dataset }) => `${dataset.part}-${fingerprint(dataset.key)}`).join(".");
    return `${this.dataset.now}?${slides ? `slides=${slides}&` : ""}have=${have}`;
  }

  async refresh() {
    this.soon = 0;
    const turn = ++this.asked;
    const begun = performance.now();
    try {
      const headers = { "X-Requested-With": "fetch" };
      const answer = await fetch(this.address, { headers, cache: "no-store" });
      // The door is closed to this page now: let the server say so.
      if (answer.redirected || answer.status === 404) return location.reload();
      if (!answer.ok) throw new Error(String(answer.status));
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      this.tell("parts-took", performance.now() - begun);
      // A slow answer must not put back what a later one has shown.
      if (turn > this.shown) this.show(fresh);
      this.shown = Math.max(turn, this.shown);
    } catch {
      this.tell("parts-late");
      setTimeout(() => this.refreshIn(3000), 3000);
    }
  }

  tell(what, detail) {
    this.dispatchEvent(new CustomEvent(what, { bubbles: true, detail }));
  }

  show(fresh) {
    for (const part of fresh.querySelectorAll("[data-part]")) {
      const mine = document.querySelector(`[data-part="${part.dataset.part}"]`);
      if (!mine || mine.dataset.key === part.dataset.key) continue;
      const focused = mine.contains(document.activeElement) ? document.activeElement.id : "";
      for (const { id, open } of mine.querySelectorAll("details[id]")) {
        part.querySelector(`#${id}`)?.toggleAttribute("open", open);
      }
      mine.replaceWith(document.adoptNode(part));
      this.keepTyped(mine, part);
      if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    }
    this.tell("parts-shown");
  }

  // Only from a form to the same form: an answer to one question is none to the next.
  keepTyped(mine, part) {
    for (const field of mine.querySelectorAll("input:not([type=hidden]),textarea,select")) {
      if (!field.form || !isTouched(field)) continue;
      const isSame = (other) =>
        other.name === field.name && other.id === field.id && other.form?.action === field.form.action &&
        (!/radio|checkbox/.test(field.type) || other.value === field.value);
      const now = [...part.querySelectorAll("input:not([type=hidden]),textarea,select")].find(isSame);
      if (now && /radio|checkbox/.test(field.type)) now.checked = field.checked;
      else if (now) now.value = field.value;
      // What was seen while it was typed goes with it, until the server has said that it is no longer so.
      const seen = now?.form.elements.seen;
      if (seen && !("refused" in field.form.dataset)) seen.value = field.form.elements.seen.value;
    }
  }
}

customElements.define("sabaq-parts", SabaqParts);
