// <sabaq-line>: says in words how the connection is, from beats and round trips; adds them to a call for help.
//
// Its own words are in data-good, data-slow, data-lost, data-away ({time}: since when) and data-kept.

const SLOW_TRIP = 2500;
// A beat comes every 15 seconds; a long poll is answered within 25.
const SILENT = { stream: 22000, asking: 32000 };
const AWAY_AFTER = 20000;

class SabaqLine extends HTMLElement {
  connectedCallback() {
    this.heardAt = Date.now();
    this.trip = this.lostAt = 0;
    this.room = document.querySelector("sabaq-class");
    document.addEventListener("parts-took", ({ detail }) => {
      this.trip = this.trip ? (this.trip + detail) / 2 : detail;
      this.show();
    });
    addEventListener("offline", () => this.say("lost"));
    addEventListener("submit", ({ target }) => this.addTo(target.elements), true);
    this.watch = setInterval(() => this.show(), 2000);
  }

  disconnectedCallback() {
    clearInterval(this.watch);
  }

  say(what) {
    if (what === "good") {
      this.heardAt = Date.now();
      this.lostAt = 0;
    } else if (what === "kept") this.isKept = true;
    else this.lostAt ||= Date.now();
    this.show();
  }

  sent() {
    this.isKept = false;
    this.show();
  }

  // A refusal stands until it has been read.
  refuse(text) {
    this.textContent = text;
    this.shown = "";
    this.quietUntil = Date.now() + 10000;
  }

  get state() {
    const silent = Date.now() - this.heardAt;
    if (this.lostAt && (!navigator.onLine || Date.now() - this.lostAt > AWAY_AFTER)) return "away";
    if (this.lostAt) return "lost";
    if (this.isKept) return "kept";
    const isSlow = this.trip > SLOW_TRIP || silent > SILENT[this.room.dataset.following];
    return isSlow ? "slow" : "good";
  }

  show() {
    const { state } = this;
    if (state === this.shown || Date.now() < this.quietUntil) return;
    this.shown = this.dataset.state = state;
    const clock = { hour: "2-digit", minute: "2-digit" };
    const time = new Date(this.lostAt).toLocaleTimeString(document.documentElement.lang, clock);
    this.textContent = this.dataset[state].replace("{time}", time);
  }

  addTo(fields) {
    if (!fields?.silent) return;
    fields.following.value = this.room.dataset.following;
    fields.width.value = innerWidth;
    fields.connection.value = navigator.connection?.effectiveType ?? "";
    fields.round_trip.value = Math.round(this.trip || navigator.connection?.rtt || 0) || "";
    fields.silent.value = Math.round((Date.now() - this.heardAt) / 1000);
  }
}

customElements.define("sabaq-line", SabaqLine);
