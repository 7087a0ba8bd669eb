// <sabaq-captions>: the last lines of what is said, in one language (data-language) or in every one ("").
//
// A line that comes is fetched and put in; lines that are there stay the same nodes, so that a screen reader reads
// each once. Whatever else makes the page ask for its parts (a loss, a return, a removal) asks for the lines too.

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

class SabaqCaptions extends HTMLElement {
  connectedCallback() {
    this.log = this.querySelector("[role=log]");
    const page = this.closest("sabaq-class");
    page.addEventListener("heard", ({ detail }) => this.hear(detail));
    page.addEventListener("parts-took", () => this.refresh());
  }

  hear({ kind, language }) {
    const isHers = ["", language].includes(this.dataset.language);
    // All readers hear of it at once: a moment's spread keeps them from asking at once.
    if (kind === "CaptionSaid" && isHers) setTimeout(() => this.refresh(), 250 * Math.random());
  }

  async refresh() {
    this.isWanted = true;
    if (this.isAsking) return;
    this.isAsking = true;
    while (this.isWanted && this.isConnected) {
      this.isWanted = false;
      try {
        const where = `${this.dataset.from}?have=${this.log.dataset.key}`;
        const answer = await fetch(where, { headers: { "X-Requested-With": "fetch" }, cache: "no-store" });
        // A door that has closed is noticed by <sabaq-parts>, which asks the server what to show instead.
        if (answer.status >= 500) throw new Error(String(answer.status));
        if (answer.status === 200 && !answer.redirected) this.show(await answer.text());
      } catch {
        this.isWanted = true;
        await pause(2000 + 2000 * Math.random());
      }
    }
    this.isAsking = false;
  }

  show(text) {
    const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("[role=log]");
    const lines = [...fresh.querySelectorAll("[data-caption]")];
    const stand = new Set(lines.map((line) => line.dataset.caption));
    const mine = this.log.firstElementChild;
    for (const line of [...mine.children]) if (!stand.has(line.dataset.caption)) line.remove();
    lines.forEach((line, place) => {
      if (mine.children[place]?.dataset.caption === line.dataset.caption) return;
      mine.insertBefore(document.adoptNode(line), mine.children[place] ?? null);
    });
    this.log.dataset.key = fresh.dataset.key;
  }
}

customElements.define("sabaq-captions", SabaqCaptions);
