/* <sabaq-outbox>: saves each answer of the test inside it at once, exactly once, over any network.
   A write waits in localStorage under a write id of its own until the server has taken it, survives a reload,
   and is sent in order, again with the same id when no answer came. Words are in the markup. */
const [PAUSES, PATIENCE] = [[1, 2, 4, 8, 15, 30, 60], 20000]; // seconds between tries, milliseconds of one

const writeId = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // randomUUID is missing without TLS
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

class SabaqOutbox extends HTMLElement {
  connectedCallback() {
    this.held = []; // where the browser refuses to store, the page itself keeps them
    this.form = this.querySelector("form");
    const seen = this.form.elements.seen.value.split(" ").filter(Boolean);
    this.seen = new Map(seen.map((pair) => pair.split(":")));
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

  /* Unsent writes, oldest first: [write id, item, option, tried, what this device knew to be saved]. */
  get writes() {
    try {
      if (!this.forgetful) return JSON.parse(localStorage.getItem(this.dataset.box) || "[]");
    } catch {} // and the page's own copy it is
    return this.held;
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
    const was = kept.filter(([, other]) => other === item).at(-1)?.[2] ?? this.seen.get(item) ?? "";
    this.writes = [...kept, [writeId(), item, radio.value, 0, was]];
    this.say(item, "saving");
    this.send();
  }

  send() {
    clearTimeout(this.timer);
    return (this.flight ??= this.drain().finally(() => (this.flight = null)));
  }

  async drain() {
    for (let write = this.writes[0]; write; write = this.writes[0]) {
      const [id, item, option] = write;
      this.writes = this.writes.map((one) => (one[0] === id ? [...one.slice(0, 3), 1, one[4]] : one));
      const [outcome, words] = await this.post(write);
      this.part("out").hidden = outcome !== "out";
      if (outcome === "waiting" || outcome === "out") return this.wait();
      this.failures = 0;
      this.writes = this.writes.filter((one) => one[0] !== id);
      if (outcome === "saved") this.know(item, option);
      if (!this.writes.some((one) => one[1] === item)) this.say(item, outcome, words);
    }
    this.part("unsent").hidden = true;
  }

  /* Gives what became of a write, and the server's words about it, if it has any. */
  async post([id, item, option, , was]) {
    const impatient = new AbortController();
    const timer = setTimeout(() => impatient.abort(), PATIENCE);
    const csrfmiddlewaretoken = this.form.elements.csrfmiddlewaretoken.value;
    const body = new URLSearchParams({ csrfmiddlewaretoken, write_id: id, item, option, was: was ?? "" });
    try {
      const asked = { method: "POST", body, redirect: "manual", signal: impatient.signal };
      const answer = await fetch(this.dataset.action, asked), { ok, type, status } = answer;
      if (type === "opaqueredirect" || status === 401 || status === 403) return ["out"];
      if (status >= 500 || status === 408 || status === 429) return ["waiting"];
      const plain = answer.headers.get("Content-Type")?.startsWith("text/plain");
      return [ok ? "saved" : "refused", plain ? await answer.text() : ""];
    } catch {
      return ["waiting"];
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

  /* The form, if it is sent, must not pass for new what this device has sent already. */
  know(item, option) {
    this.seen.set(item, option);
    this.form.elements.seen.value = [...this.seen].map((pair) => pair.join(":")).join(" ");
  }

  say(item, what, words) {
    for (const one of this.radios(item).slice(0, 1)) {
      one.closest("fieldset").querySelector("output").textContent = words || this.dataset[what];
    }
  }
}

customElements.define("sabaq-outbox", SabaqOutbox);
