/* <sabaq-late>: on the page of a test that takes nothing any more. Answers that still wait on this device in the
   outbox (outbox.js) came too late: whoever gave them is told so, and they are thrown away. */
class SabaqLate extends HTMLElement {
  connectedCallback() {
    try {
      this.firstElementChild.hidden = (localStorage.getItem(this.dataset.box) || "[]") === "[]";
      localStorage.removeItem(this.dataset.box);
    } catch {
      // A browser that refuses to store has kept nothing.
    }
  }
}

customElements.define("sabaq-late", SabaqLate);
