// <sabaq-class>: follows the live log and keeps the page in step. Without it the page reloads itself.
//
// Server-sent events first; where a proxy holds them back (no greeting within six seconds) long polling.
// Every event says which came before it for this reader, so a loss is noticed; either way the parts of
// the page are fetched again, and only a part whose key has changed is replaced.

const jitter = (ms) => ms * (0.5 + Math.random());
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

class SabaqClass extends HTMLElement {
  connectedCallback() {
    this.last = Number(this.dataset.seq);
    this.ticket = this.dataset.ticket;
    this.tries = 0;
    this.line = document.getElementById("line");
    this.addEventListener("quick-sent", () => this.refresh());
    this.addEventListener("quick-kept", () => this.say("kept"));
    document.addEventListener("visibilitychange", () => document.hidden || this.refresh());
    window.addEventListener("online", () => this.refresh());
    this.stream();
  }

  disconnectedCallback() {
    this.gone = true;
    this.source?.close();
  }

  say(state) {
    if (this.line && this.state !== state) this.line.textContent = this.dataset[state];
    this.state = state;
  }

  address(what) {
    return `${this.dataset.live}${what}?ticket=${encodeURIComponent(this.ticket)}&after=${this.last}`;
  }

  stream() {
    const source = (this.source = new EventSource(this.address("events")));
    const held = setTimeout(() => {
      source.close();
      this.poll();
    }, 6000);
    let heard = 0;
    const alive = () => {
      clearTimeout(held);
      this.tries = 0;
      heard = Date.now();
      this.say("good");
    };
    // Three beats missed: the line is dead, though nobody has told us.
    const watch = setInterval(() => {
      if (!heard || Date.now() - heard < 50000) return;
      clearInterval(watch);
      source.close();
      this.again();
    }, 5000);
    source.addEventListener("hello", alive);
    source.addEventListener("beat", () => {
      alive();
      // Who is here changes without an event; only the console asks to see it.
      if ("often" in this.dataset) this.refresh();
    });
    source.onmessage = (message) => {
      alive();
      this.take(JSON.parse(message.data));
    };
    source.onerror = () => {
      this.say("lost");
      if (source.readyState !== EventSource.CLOSED) return;
      clearTimeout(held);
      clearInterval(watch);
      this.again();
    };
  }

  async again() {
    this.say("lost");
    await pause(jitter(Math.min(1000 * 2 ** this.tries++, 20000)));
    if (this.gone) return;
    try {
      await this.renew();
      await this.refresh();
      this.stream();
    } catch {
      this.again();
    }
  }

  async renew() {
    const answer = await fetch(this.dataset.ticketFrom, { cache: "no-store" });
    if (!answer.ok || answer.redirected) throw new Error("ticket");
    this.ticket = (await answer.json()).ticket;
  }

  async poll() {
    while (!this.gone) {
      try {
        const answer = await fetch(this.address("poll"), { cache: "no-store" });
        if (answer.status === 401) await this.renew();
        else if (!answer.ok) throw new Error(String(answer.status));
        else {
          const { events } = await answer.json();
          this.tries = 0;
          this.say("slow");
          events.forEach((event) => this.take(event));
        }
      } catch {
        this.say("lost");
        await pause(jitter(Math.min(1000 * 2 ** this.tries++, 20000)));
      }
    }
  }

  take(event) {
    if (event.seq <= this.last) return;
    const isLoss = event.prev > this.last;
    this.last = event.seq;
    // All readers hear of a slide at once: a moment's spread keeps them from asking at once.
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.refresh(), isLoss ? 0 : Math.random() * 250);
  }

  async refresh() {
    try {
      const answer = await fetch(this.dataset.now, {
        headers: { "X-Requested-With": "fetch" },
        cache: "no-store",
      });
      if (!answer.ok || answer.redirected) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of fresh.querySelectorAll("[data-part]")) {
        const mine = this.querySelector(`[data-part="${part.dataset.part}"]`);
        if (mine && mine.dataset.key !== part.dataset.key) mine.replaceWith(document.adoptNode(part));
      }
    } catch {
      this.say("lost");
    }
  }
}

customElements.define("sabaq-class", SabaqClass);
