// <sabaq-shared>: on a device that several people share, signs out after ten idle minutes.
//
// The server forgets by itself; this clears screen, cookies and storage as "Change person" does, unasked. Whoever
// scrolls or types is not idle, and the server is told so; nor is whoever sits in a class that is live. Without
// script the page reloads itself away.
const IDLE = 600000;
const TELL = 30000;

class SabaqShared extends HTMLElement {
  connectedCallback() {
    this.active = this.told = Date.now();
    for (const what of ["pointerdown", "keydown", "scroll", "input"]) {
      addEventListener(what, () => this.seen(), { capture: true, passive: true });
    }
    // A page kept in memory must not come back by the back button.
    addEventListener("pageshow", (event) => event.persisted && location.reload());
    document.addEventListener("visibilitychange", () => this.look());
    setInterval(() => this.look(), 5000);
    this.querySelector("form").addEventListener("submit", (event) => this.leaving(event));
  }

  seen() {
    if (this.look()) return;
    this.active = Date.now();
    if (this.active - this.told < TELL) return;
    this.told = this.active;
    fetch(this.dataset.here, { cache: "no-store" }).catch(() => {});
  }

  look() {
    if (document.querySelector("[data-part=state].live")) this.active = Date.now();
    if (Date.now() - this.active < IDLE) return false;
    if (!this.isEnding) this.end();
    return true;
  }

  end() {
    this.isEnding = true;
    // Also where there is no network, and the server cannot say so.
    for (const name of ["localStorage", "sessionStorage"]) {
      try {
        window[name].clear();
      } catch {
        // This browser stores nothing.
      }
    }
    this.querySelector("form").submit();
  }

  /* On the page of a test the outbox itself sends and asks. */
  leaving(event) {
    if (document.querySelector("sabaq-outbox")) return;
    const unsent = (box) => Object.entries(box).some(([key, kept]) => /^(sabaq-outbox|quick):/.test(key) && kept !== "[]");
    const waits = unsent(localStorage) || unsent(sessionStorage);
    if (waits && !confirm(this.dataset.unsent)) event.preventDefault();
  }
}

customElements.define("sabaq-shared", SabaqShared);
