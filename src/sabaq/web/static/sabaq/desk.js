// <sabaq-desk>: the console's keys, its "12 s ago", what was refused, and drafts that a reload of this tab does not lose.
//
// Page keys and arrows press the page's own buttons, so that a presenter's remote works; never while a field or
// a list that scrolls has the focus. A draft is kept for fields marked data-draft, in sessionStorage, until this tab
// closes. It is dropped once the server has taken it.

const NEXT = ["PageDown", "ArrowRight"];
const BACK = ["PageUp", "ArrowLeft"];
const REFUSAL_STANDS = 20000;
const BUSY = "input,textarea,select,[contenteditable],[data-scrolls]";

class SabaqDesk extends HTMLElement {
  connectedCallback() {
    this.since = new WeakMap();
    this.addEventListener("input", (event) => this.keep(event.target));
    this.addEventListener("quick-taken", (event) => this.drop(event.target));
    // A refusal is told apart from the line, which speaks of the connection.
    this.refused = document.getElementById("refused");
    document.getElementById("line").refuse = (text) => this.refuse(text);
    this.keys = (event) => this.press(event);
    document.addEventListener("keydown", this.keys);
    this.ticking = setInterval(() => this.tick(), 1000);
    this.watch = new MutationObserver(() => this.fresh());
    this.watch.observe(this, { childList: true, subtree: true });
    this.fresh();
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.keys);
    clearInterval(this.ticking);
    this.watch.disconnect();
  }

  refuse(text) {
    clearTimeout(this.forgetting);
    this.refused.textContent = text;
    this.refused.hidden = !text;
    if (text) this.forgetting = setTimeout(() => this.refuse(""), REFUSAL_STANDS);
  }

  press(event) {
    if (event.repeat || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const wanted = NEXT.includes(event.key) ? "next" : BACK.includes(event.key) ? "back" : "";
    if (!wanted || event.target.closest?.(BUSY)) return;
    event.preventDefault();
    document.getElementById(wanted)?.click();
  }

  fresh() {
    for (const field of this.querySelectorAll("[data-draft]")) this.restore(field);
    this.tick();
  }

  // Counted from when the part came in: a clock that is wrong by a day changes nothing.
  tick() {
    for (const place of this.querySelectorAll("[data-ago]")) {
      if (!this.since.has(place)) this.since.set(place, performance.now());
      const gone = Number(place.dataset.ago) + (performance.now() - this.since.get(place)) / 1000;
      const [words, number] = gone < 60 ? ["seconds", gone] : ["minutes", gone / 60];
      const text = this.dataset[words].replace("{n}", Math.floor(number));
      if (place.textContent !== text) place.textContent = text;
    }
  }

  // Of several radio buttons the one that is chosen is kept.
  name(field) {
    return `draft:${location.pathname}${field.type === "radio" ? field.name : field.id}`;
  }

  keep(field) {
    if (!("draft" in field.dataset)) return;
    // With it goes what was seen beneath it, so that a colleague's later wording is not overwritten unseen.
    const seen = field.form?.elements.seen?.value;
    this.store((box) => box.setItem(this.name(field), JSON.stringify([field.value, seen])));
  }

  restore(field) {
    const isChosen = /radio|select/.test(field.type);
    if (!isChosen && field.value !== field.defaultValue) return;
    const kept = this.store((box) => box.getItem(this.name(field)));
    if (!kept) return;
    const [value, seen] = JSON.parse(kept);
    if (field.type === "radio") field.checked = value === field.value;
    else if (value === field.value) return;
    else field.value = value;
    if (seen != null) field.form.elements.seen.value = seen;
    for (let box = field.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  }

  drop(form) {
    this.refuse("");
    for (const field of form.querySelectorAll("[data-draft]")) {
      this.store((box) => box.removeItem(this.name(field)));
    }
  }

  store(act) {
    try {
      return act(sessionStorage);
    } catch {
      return null; // the browser keeps nothing: what is typed lives as long as the page
    }
  }
}

customElements.define("sabaq-desk", SabaqDesk);
