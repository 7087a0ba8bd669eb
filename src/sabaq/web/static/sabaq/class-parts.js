// <sabaq-parts>: fetches the parts of a class page again and puts in those that have changed.
//
// A part is an element with data-part (which one) and data-key (how it looks): the same key, the same look.
// What is focused stays focused and what is unfolded stays unfolded, found again by its id.

class SabaqParts extends HTMLElement {
  connectedCallback() {
    this.asked = this.shown = 0;
    this.addEventListener("quick-sent", () => this.refreshIn(0));
    document.addEventListener("visibilitychange", () => document.hidden || this.refreshIn(0));
    window.addEventListener("online", () => this.refreshIn(0));
  }

  refreshIn(ms) {
    this.soon ||= setTimeout(() => this.refresh(), ms);
  }

  async refresh() {
    this.soon = 0;
    const turn = ++this.asked;
    try {
      const headers = { "X-Requested-With": "fetch" };
      const answer = await fetch(this.dataset.now, { headers, cache: "no-store" });
      // The door is closed to this page now: let the server say so.
      if (answer.redirected || answer.status === 404) return location.reload();
      if (!answer.ok) throw new Error(String(answer.status));
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      // A slow answer must not put back what a later one has shown.
      if (turn > this.shown) this.show(fresh);
      this.shown = Math.max(turn, this.shown);
    } catch {
      this.dispatchEvent(new CustomEvent("parts-late", { bubbles: true }));
      this.refreshIn(3000 + 3000 * Math.random());
    }
  }

  show(fresh) {
    for (const part of fresh.querySelectorAll("[data-part]")) {
      const mine = document.querySelector(`[data-part="${part.dataset.part}"]`);
      if (!mine || mine.dataset.key === part.dataset.key) continue;
      const focused = mine.contains(document.activeElement) ? document.activeElement.id : "";
      for (const { id } of mine.querySelectorAll("details[open]")) {
        part.querySelector(`#${id}`)?.setAttribute("open", "");
      }
      mine.replaceWith(document.adoptNode(part));
      if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    }
  }
}

customElements.define("sabaq-parts", SabaqParts);
