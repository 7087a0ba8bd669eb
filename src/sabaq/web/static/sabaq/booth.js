// <sabaq-booth>: an interpreter's booth. The server says who is on air; this opens the microphone in time for it.
//
// A form with data-needs-mic is sent once the microphone is on: whoever takes over can be heard that moment. Off air
// and asking for nothing it is switched off. data-clock, data-over ({spent}, {limit}), data-listeners ({number}) and
// data-slower are its words; data-wait, data-counting ({seconds}) and data-words those of a button that counts down.

const KEPT = "turn-length";
// Both microphones of a handover stay open that long.
const OVERLAP = 500, SLOWER_SHOWN_FOR = 30000;

class SabaqBooth extends HTMLElement {
  connectedCallback() {
    this.microphone = this.querySelector("sabaq-mic");
    this.cough = this.querySelector("[data-cough]");
    this.length = this.querySelector("#turn-length");
    this.addEventListener("submit", (event) => this.open(event));
    this.addEventListener("quick-taken", ({ target }) => target.querySelector("#booth-slower") && this.slower());
    this.microphone.addEventListener("mic-told", () => this.show());
    document.addEventListener("parts-shown", () => this.show());
    document.addEventListener("voice-told", ({ detail }) => detail.booth && this.told(detail.booth));
    this.keepLength();
    this.listenToCoughs();
    this.ticking = setInterval(() => this.tick(), 1000);
    this.show();
  }

  disconnectedCallback() {
    clearInterval(this.ticking);
  }

  get part() {
    return this.querySelector("[data-part=booth]");
  }

  async open(event) {
    const form = event.target;
    const isEarly = event.submitter?.ariaDisabled === "true";
    if (!isEarly && (!("needsMic" in form.dataset) || this.microphone.isHeard)) return;
    event.preventDefault();
    event.stopPropagation();
    if (isEarly) return;
    this.isGoing = true;
    if (!this.microphone.isOn) this.microphone.toggle();
    const until = Date.now() + 15000;
    while (this.microphone.isOn && !this.microphone.isHeard && Date.now() < until) await new Promise((done) => setTimeout(done, 50));
    // What she asked for may have been drawn anew meanwhile, and means the same as long as its button is there.
    const button = form.isConnected ? event.submitter : this.querySelector(`#${event.submitter.id}`);
    if (this.microphone.isHeard && button) {
      // Where it is refused the microphone goes off again.
      document.addEventListener("quick-sent", () => setTimeout(() => this.going(false), 3000), { once: true });
      button.form.requestSubmit(button);
    } else this.going(false);
  }

  going(isGoing) {
    this.isGoing = isGoing;
    this.show();
  }

  told({ seq, listeners, here }) {
    if (seq !== this.seq) document.querySelector("sabaq-parts").refreshIn(0);
    this.seq = seq;
    this.here = here;
    const line = this.querySelector(".listeners");
    line.textContent = this.dataset.listeners.replace("{number}", listeners);
    this.show();
  }

  show() {
    const { stand } = this.part.dataset;
    this.dataset.mic = this.microphone.isOn ? "on" : "off";
    this.querySelector(".listeners").hidden = stand !== "on" || !this.microphone.isOn;
    for (const mate of this.querySelectorAll(".mates [data-seat]")) {
      mate.querySelector("[data-away]").hidden = !this.here || this.here.includes(mate.dataset.seat);
    }
    if (stand === "on") this.isGoing = false;
    clearTimeout(this.closing);
    if (/off|none/.test(stand) && this.microphone.isOn && !this.isGoing) this.closing = setTimeout(() => this.microphone.hush(), OVERLAP);
    this.tick();
  }

  tick() {
    const now = performance.now();
    const clock = this.querySelector("[data-turn-seconds]");
    if (clock) {
      clock.since ??= now - clock.dataset.turnSeconds * 1000;
      const spent = Math.floor((now - clock.since) / 60000);
      const isOver = spent >= this.length.value;
      const words = (isOver ? this.dataset.over : this.dataset.clock).replace("{spent}", spent).replace("{limit}", this.length.value);
      if (isOver) clock.setAttribute("role", "status");
      clock.classList.toggle("over", isOver);
      if (clock.textContent !== words) clock.textContent = words;
    }
    const waiting = this.querySelector("[data-wait]");
    if (!waiting) return;
    waiting.until ??= now + waiting.dataset.wait * 1000;
    const seconds = Math.ceil((waiting.until - now) / 1000);
    waiting.ariaDisabled = seconds > 0 ? "true" : "false";
    waiting.textContent = seconds > 0 ? waiting.dataset.counting.replace("{seconds}", seconds) : waiting.dataset.words;
  }

  slower() {
    const line = this.querySelector("[data-told]");
    line.textContent = this.dataset.slower;
    clearTimeout(this.forgetting);
    this.forgetting = setTimeout(() => (line.textContent = ""), SLOWER_SHOWN_FOR);
  }

  // Held by finger, mouse, space or Enter; let go wherever that happens.
  listenToCoughs() {
    const mute = (isMuted) => {
      this.cough.ariaPressed = String(isMuted);
      if (this.microphone.track) this.microphone.track.enabled = !isMuted;
    };
    const isKey = ({ key }) => key === " " || key === "Enter";
    this.cough.addEventListener("pointerdown", () => mute(true));
    this.cough.addEventListener("contextmenu", (event) => event.preventDefault());
    this.cough.addEventListener("keydown", (event) => isKey(event) && (event.preventDefault(), mute(true)));
    this.cough.addEventListener("keyup", (event) => isKey(event) && mute(false));
    this.cough.addEventListener("blur", () => mute(false));
    for (const end of ["pointerup", "pointercancel", "blur"]) addEventListener(end, () => mute(false));
  }

  keepLength() {
    try {
      const kept = localStorage.getItem(KEPT);
      if ([...this.length.options].some(({ value }) => value === kept)) this.length.value = kept;
    } catch {
      // This browser keeps nothing: half an hour it is.
    }
    this.length.addEventListener("change", () => {
      this.tick();
      try {
        localStorage.setItem(KEPT, this.length.value);
      } catch {
        // It is chosen anew next time.
      }
    });
  }
}

customElements.define("sabaq-booth", SabaqBooth);
