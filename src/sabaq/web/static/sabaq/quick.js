// <sabaq-quick>: sends the forms marked data-quick without loading the page anew, until the server has them.
//
// The same write id goes with every try, so the server takes each act once. What waits for the network also
// survives a reload (in this tab, for this person: data-box). Tells its surroundings by the events
// "quick-sent", "quick-kept" and, by the form, "quick-taken". A link with data-opens opens that dialog (or
// unfolds those details) instead of the page it leads to; a button with data-closes closes it. Details with
// data-folds fold once their form was taken.

const pause = (ms) =>
  new Promise((done) => {
    setTimeout(done, ms * (0.5 + Math.random()));
    addEventListener("online", done, { once: true });
  });

const writeId = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // randomUUID is missing without TLS
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

class SabaqQuick extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => this.open(event));
    this.addEventListener("submit", (event) => {
      const form = event.target;
      if (!("quick" in form.dataset)) return;
      event.preventDefault();
      // Not by disabling its buttons: whoever works by keyboard would lose her place.
      if (form.ariaBusy === "true") return;
      const body = [...new FormData(form, event.submitter)];
      this.send({ action: form.getAttribute("action"), body }, form);
    });
    for (const write of this.waiting) this.send(write, this.formOf(write));
  }

  // After a reload the form it was written in is there again, with its draft.
  formOf({ action }) {
    return [...this.querySelectorAll("form[data-quick]")].find((form) => form.getAttribute("action") === action);
  }

  // Writes that a reload must not lose: [{action, body}].
  get waiting() {
    try {
      return JSON.parse(sessionStorage.getItem(`quick:${this.dataset.box}`) || "[]");
    } catch {
      return [];
    }
  }

  keep(write, isWaiting) {
    if (!this.dataset.box) return;
    const text = JSON.stringify(write);
    const others = this.waiting.filter((one) => JSON.stringify(one) !== text);
    try {
      sessionStorage.setItem(`quick:${this.dataset.box}`, JSON.stringify(isWaiting ? [...others, write] : others));
    } catch {
      // This browser stores nothing: the page itself goes on trying.
    }
  }

  tell(what) {
    this.dispatchEvent(new CustomEvent(what, { bubbles: true }));
  }

  async send(write, form) {
    if (form) form.ariaBusy = "true";
    let refusal;
    for (let tries = 0; this.isConnected; tries++) {
      refusal = await this.isRefused(write);
      if (refusal !== null) break;
      this.keep(write, true);
      this.tell("quick-kept");
      await pause(Math.min(1000 * 2 ** tries, 15000));
    }
    this.keep(write, false);
    if (form) this.finish(form, refusal);
    this.tell("quick-sent");
    if (refusal && !form?.closest("dialog")) this.refuse(refusal);
  }

  // Gives "" when it was taken, words when it was refused, null when nobody knows.
  async isRefused({ action, body }) {
    try {
      const headers = { "X-Requested-With": "fetch" };
      const answer = await fetch(action, { method: "POST", body: new URLSearchParams(body), headers });
      if (answer.status >= 500 || [408, 429].includes(answer.status)) return null;
      if (answer.redirected) location.reload();
      return answer.status >= 400 ? await this.words(answer) : "";
    } catch {
      return null;
    }
  }

  // A refusal comes in a line of text; where a whole page came instead, its heading says it.
  async words(answer) {
    const text = await answer.text();
    if (!/html/.test(answer.headers.get("content-type"))) return text;
    const page = new DOMParser().parseFromString(text, "text/html");
    return (page.querySelector("h1")?.textContent ?? page.title).trim();
  }

  finish(form, refusal) {
    form.ariaBusy = null;
    form.toggleAttribute("data-refused", Boolean(refusal));
    form.querySelector("[data-refusal]")?.remove();
    const box = form.closest("dialog");
    if (refusal && box) {
      const said = Object.assign(document.createElement("p"), { className: "err", role: "alert", textContent: refusal });
      said.dataset.refusal = "";
      form.prepend(said);
    }
    if (refusal) return;
    for (const field of form.querySelectorAll("textarea,input:not([type=hidden],[type=radio],[type=checkbox])")) {
      field.value = field.defaultValue;
    }
    if (form.elements.write_id) form.elements.write_id.value = writeId();
    box?.close();
    this.fold(form.closest("[data-folds]"), form);
    form.dispatchEvent(new CustomEvent("quick-taken", { bubbles: true }));
  }

  // What was sent shows below; whoever works by keyboard stays where she was.
  fold(details, form) {
    if (!details) return;
    const isFocused = form.contains(document.activeElement);
    details.open = false;
    if (isFocused) details.querySelector("summary").focus();
  }

  refuse(text) {
    const line = document.getElementById("line");
    if (line?.refuse) line.refuse(text);
    else if (line) line.textContent = text;
  }

  open(event) {
    event.target.closest("[data-closes]")?.closest("dialog").close();
    const link = event.target.closest("[data-opens]");
    const box = link && document.getElementById(link.dataset.opens);
    if (!box || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (box.showModal) return box.showModal();
    box.open = true;
    box.querySelector("textarea,input:not([type=hidden])")?.focus();
  }
}

customElements.define("sabaq-quick", SabaqQuick);
