// <sabaq-class>: follows the live log and keeps the page in step. Without it the page reloads itself.
//
// Server-sent events first; where a proxy holds them back (no greeting within six seconds) long polling.
// Every event says which came before it for this reader, so a loss is noticed. An event that nothing on the
// page knows what to do with ("heard", cancelable) makes <sabaq-parts> fetch the parts that have changed.
// The ticket is renewed before it ends. Some time after its end a class is followed no longer.

const jitter = (ms) => ms * (0.5 + Math.random());
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const backOff = (tries) => jitter(Math.min(1000 * 2 ** tries, 20000));

class SabaqClass extends HTMLElement {
  connectedCallback() {
    this.last = Number(this.dataset.seq);
    this.ticket = this.dataset.ticket;
    this.tries = this.refusals = 0;
    this.parts = this.querySelector("sabaq-parts");
    this.line = document.getElementById("line");
    // A refusal stands in the line until the next beat.
    this.addEventListener("quick-sent", () => ((this.state = ""), this.line?.sent?.()));
    this.addEventListener("quick-kept", () => this.say("kept"));
    this.addEventListener("parts-late", () => this.say("lost"));
    this.stream();
  }

  disconnectedCallback() {
    this.gone = true;
    this.source?.close();
  }

  say(state) {
    if (this.line?.say) this.line.say(state);
    else if (this.line && this.state !== state) this.line.textContent = this.dataset[state];
    this.state = state;
  }

  address(what) {
    return `${this.dataset.live}${what}?ticket=${encodeURIComponent(this.ticket)}&after=${this.last}`;
  }

  stream() {
    const source = (this.source = new EventSource(this.address("events")));
    this.dataset.following = "stream";
    let heard = 0;
    const instead = (next) => {
      clearTimeout(held);
      clearInterval(watch);
      source.close();
      next();
    };
    const held = setTimeout(() => instead(() => this.poll()), 6000);
    // Three beats missed: the line is dead, though nobody has told us.
    const watch = setInterval(() => {
      // Either way: somebody may have set the clock.
      if (heard && Math.abs(Date.now() - heard) > 50000) instead(() => this.again());
    }, 5000);
    const alive = () => {
      clearTimeout(held);
      this.tries = this.refusals = 0;
      this.streams = true;
      heard = Date.now();
      this.say("good");
    };
    source.addEventListener("hello", alive);
    source.addEventListener("beat", () => {
      alive();
      // Who is here changes without an event; only the console asks to see it.
      if ("often" in this.dataset) this.parts.refreshIn(0);
    });
    source.addEventListener("renew", () => instead(() => this.again(true)));
    source.addEventListener("over", () => instead(() => this.rest()));
    source.onmessage = (message) => {
      alive();
      this.take(JSON.parse(message.data));
    };
    source.onerror = () => {
      this.say("lost");
      if (source.readyState !== EventSource.CLOSED) return;
      instead(() => (++this.refusals < 3 ? this.again() : this.poll()));
    };
  }

  // The class is over: whoever leaves the page open sees what is corrected, and the next class on a hall's screen.
  rest() {
    this.dataset.following = "over";
    setInterval(() => document.hidden || this.parts.refreshIn(0), 60000);
  }

  async again(isQuiet) {
    if (!isQuiet) {
      this.say("lost");
      await pause(backOff(this.tries++));
    }
    if (this.gone) return;
    try {
      await this.renew();
      if (!isQuiet) this.parts.refreshIn(0);
      this.stream();
    } catch {
      this.again();
    }
  }

  async renew() {
    const headers = { "X-Requested-With": "fetch" };
    const answer = await fetch(this.dataset.ticketFrom, { headers, cache: "no-store" });
    // She may be here no longer: let the server say so.
    if (answer.redirected || answer.status === 404) location.reload();
    if (!answer.ok || answer.redirected) throw new Error("ticket");
    this.ticket = (await answer.json()).ticket;
  }

  async poll() {
    this.dataset.following = "asking";
    const until = Date.now() + 300000;
    while (!this.gone) {
      // A stream that was refused for a while is tried again; one that is held back on the way never came.
      if (this.streams && Date.now() > until) return this.stream();
      try {
        const answer = await fetch(this.address("poll"), { cache: "no-store" });
        if (answer.status === 401) await this.renew();
        else if (!answer.ok) throw new Error(String(answer.status));
        else {
          const { events, wait, over } = await answer.json();
          this.tries = 0;
          this.say(this.line?.say ? "good" : "slow");
          events.forEach((event) => this.take(event));
          if (over) return this.rest();
          if (wait) await pause(jitter(wait * 1000));
        }
      } catch {
        this.say("lost");
        await pause(backOff(this.tries++));
      }
    }
  }

  take(event) {
    if (event.seq <= this.last) return;
    const isLoss = event.prev > this.last;
    this.last = event.seq;
    const isKnown = !this.dispatchEvent(new CustomEvent("heard", { detail: event, cancelable: true }));
    if (isLoss) this.parts.refreshIn(0);
    // Captions go to those who asked (captions.js); a number that grows may come late. All readers hear of the
    // rest at once: a moment's spread keeps them from asking at once.
    else if (!isKnown && event.kind !== "CaptionSaid") this.parts.refreshIn(/Counted$/.test(event.kind) && !("often" in this.dataset) ? 4000 : 250);
  }
}

customElements.define("sabaq-class", SabaqClass);
