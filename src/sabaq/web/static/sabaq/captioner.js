// <sabaq-captioner>: a line is sent by Enter, and the field is ready for the next one at once.
//
// Lines go one after another, each with a write id of its own, and wait here until the server has them, also over
// a reload of this tab; so does the line that is half written. A refusal is shown with its line.

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

class SabaqCaptioner extends HTMLElement {
  connectedCallback() {
    this.alert = this.querySelector("[role=alert]");
    this.unsent = this.querySelector("[data-unsent]");
    this.waiting = this.kept("waiting", []);
    this.addEventListener("submit", (event) => this.take(event));
    this.addEventListener("input", ({ target }) => target === this.field && this.keep("draft", target.value));
    // The form comes with the beginning of the class.
    new MutationObserver(() => this.restore()).observe(this, { childList: true });
    this.restore();
    this.send();
  }

  get field() {
    return this.querySelector("input[name=text]");
  }

  restore() {
    if (this.field && !this.field.value) this.field.value = this.kept("draft", "");
  }

  take(event) {
    event.preventDefault();
    const form = event.target;
    const text = this.field.value.trim();
    if (!text) return;
    this.waiting.push({ action: form.getAttribute("action"), text, body: [...new FormData(form)] });
    form.elements.write_id.value = writeId();
    this.field.value = "";
    this.field.focus();
    this.keep("draft", "");
    this.refuse("");
    this.send();
  }

  async send() {
    this.show();
    if (this.isSending) return;
    this.isSending = true;
    for (let tries = 0; this.waiting.length && this.isConnected; ) {
      const refusal = await this.isRefused(this.waiting[0]);
      if (refusal === null) {
        await pause(Math.min(1000 * 2 ** tries++, 10000));
        continue;
      }
      tries = 0;
      const { text } = this.waiting.shift();
      if (refusal) this.refuse(refusal, text);
      this.show();
    }
    this.isSending = false;
  }

  // Gives "" when it was taken, words when it was refused, null when nobody knows.
  async isRefused({ action, body }) {
    try {
      const headers = { "X-Requested-With": "fetch" };
      const answer = await fetch(action, { method: "POST", body: new URLSearchParams(body), headers });
      if (answer.status >= 500 || [408, 429].includes(answer.status)) return null;
      if (answer.redirected) return null;
      if (answer.status < 400) return "";
      const text = await answer.text();
      if (!/html/.test(answer.headers.get("content-type"))) return text;
      return new DOMParser().parseFromString(text, "text/html").querySelector("h1")?.textContent.trim() ?? "!";
    } catch {
      return null;
    }
  }

  show() {
    this.keep("waiting", this.waiting);
    this.unsent.hidden = !this.waiting.length;
    const lines = this.waiting.map(({ text }) => Object.assign(document.createElement("li"), { textContent: text }));
    this.unsent.querySelector("ol").replaceChildren(...lines);
  }

  refuse(words, text) {
    this.alert.hidden = !words;
    const line = Object.assign(document.createElement("q"), { textContent: text });
    this.alert.replaceChildren(...(words ? [line, " ", words] : []));
  }

  name(what) {
    return `captions:${location.pathname}:${this.dataset.box}:${what}`;
  }

  keep(what, value) {
    try {
      sessionStorage.setItem(this.name(what), JSON.stringify(value));
    } catch {
      // This browser stores nothing: what is written lives as long as the page.
    }
  }

  kept(what, none) {
    try {
      return JSON.parse(sessionStorage.getItem(this.name(what))) ?? none;
    } catch {
      return none;
    }
  }
}

customElements.define("sabaq-captioner", SabaqCaptioner);
