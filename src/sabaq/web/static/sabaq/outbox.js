/* <sabaq-outbox>: saves each answer of the test inside it at once, exactly once, over any network.
   A write waits in localStorage under a write id of its own until the server has taken it, survives a reload,
   and is sent in order, again with the same id when no answer came. Words are in the markup. */
const PAUSES = [1, 2, 4, 8, 15, 30, 60];
const PATIENCE = 20000;

const writeId = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // randomUUID is missing without TLS
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

class SabaqOutbox extends HTMLElement {
  connectedCallback() {
    this.held = []; // where the browser refuses to store, the page itself keeps them
    if ("done" in this.dataset) this.writes = [];
    else this.begin();
  }

  begin() {
    this.form = this.querySelector("form");
    this.failures = 0;
    this.part("plain").hidden = true;
    this.form.addEventListener("change", (event) => this.take(event.target));
    this.form.addEventListener("submit", (event) => this.beforeHandingIn(event));
    for (const form of document.querySelectorAll(`form[action="${this.dataset.leave}"]`)) {
      form.addEventListener("submit", (event) => this.beforeLeaving(event));
    }
    this.again = () => this.send();
    addEventListener("online", this.again);
    document.addEventListener("visibilitychange", this.again);
    for (const [, item, option] of this.writes) {
      for (const one of this.radios(item)) one.checked ||= one.value === option;
      this.say(item, "waiting");
    }
    this.send();
  }

  disconnectedCallback() {
    removeEventListener("online", this.again);
    document.removeEventListener("visibilitychange", this.again);
    clearTimeout(this.timer);
  }

  /* Unsent writes, oldest first: [write id, item, option, tried]. */
  get writes() {
    try {
      return this.forgetful ? this.held : JSON.parse(localStorage.getItem(this.dataset.box) || "[]");
    } catch {
      return this.held;
    }
  }

  set writes(list) {
    this.held = list;
    try {
      if (list.length) localStorage.setItem(this.dataset.box, JSON.stringify(list));
      else localStorage.removeItem(this.dataset.box);
      this.forgetful = false;
    } catch {
      this.forgetful = true;
    }
  }

  take(radio) {
    const item = radio.name.slice(2); // after "a-"
    // A choice that was never sent is simply replaced; one that may have arrived stays, and goes first.
    const kept = this.writes.filter(([, other, , tried]) => tried || other !== item);
    this.writes = [...kept, [writeId(), item, radio.value, 0]];
    this.say(item, "saving");
    this.send();
  }

  send() {
    clearTimeout(this.timer);
    return (this.flight ??= this.drain().finally(() => (this.flight = null)));
  }

  async drain() {
    for (let write = this.writes[0]; write; write = this.writes[0]) {
      const [id, item] = write;
      this.writes = this.writes.map((one) => (one[0] === id ? [...one.slice(0, 3), 1] : one));
      const outcome = await this.post(write);
      this.part("out").hidden = outcome !== "out";
      if (outcome === "waiting" || outcome === "out") return this.wait();
      this.failures = 0;
      this.writes = this.writes.filter((one) => one[0] !== id);
      if (!this.writes.some((one) => one[1] === item)) this.say(item, outcome);
    }
    this.part("unsent").hidden = true;
  }

  async post([id, item, option]) {
    const impatient = new AbortController();
    const timer = setTimeout(() => impatient.abort(), PATIENCE);
    const token = this.form.elements.csrfmiddlewaretoken.value;
    const body = new URLSearchParams({ csrfmiddlewaretoken: token, write_id: id, item, option });
    try {
      const asked = { method: "POST", body, redirect: "manual", signal: impatient.signal };
      const { ok, type, status } = await fetch(this.dataset.action, asked);
      if (ok) return "saved";
      if (type === "opaqueredirect" || status === 401 || status === 403) return "out";
      return status >= 500 || status === 408 || status === 429 ? "waiting" : "refused";
    } catch {
      return "waiting";
    } finally {
      clearTimeout(timer);
    }
  }

  wait() {
    for (const [, item] of this.writes) this.say(item, this.forgetful ? "held" : "waiting");
    const pause = PAUSES[Math.min(this.failures++, PAUSES.length - 1)];
    this.timer = setTimeout(this.again, pause * (750 + Math.random() * 500));
  }

  async beforeHandingIn(event) {
    if (!this.writes.length) return;
    event.preventDefault();
    await this.send();
    if (this.writes.length) this.part("unsent").hidden = false;
    else this.form.requestSubmit(event.submitter);
  }

  /* Sends what waits, and asks only about what cannot be sent now. */
  async beforeLeaving(event) {
    if (!this.writes.length) return;
    event.preventDefault();
    await Promise.race([this.send(), new Promise((done) => setTimeout(done, 4000))]);
    if (this.writes.length && !confirm(this.dataset.leaving)) return;
    this.writes = [];
    event.target.requestSubmit();
  }

  radios(item) {
    return [...this.form.querySelectorAll("[type=radio]")].filter((one) => one.name === `a-${item}`);
  }

  part(name) {
    return this.querySelector(`[data-part=${name}]`);
  }

  say(item, what) {
    const place = this.radios(item)[0]?.closest("fieldset").querySelector("output");
    if (place) place.textContent = this.dataset[what];
  }
}

customElements.define("sabaq-outbox", SabaqOutbox);
