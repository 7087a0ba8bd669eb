// <sabaq-quick>: sends the forms marked data-quick without loading the page anew, until the server has them.
//
// The same write id goes with every try, so the server takes each act once. Tells its surroundings by the
// events "quick-sent" and "quick-kept"; a refusal is read out from the page's status line.

const pause = (ms) => new Promise((done) => setTimeout(done, ms * (0.5 + Math.random())));

class SabaqQuick extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => {
      if (!("quick" in event.target.dataset)) return;
      event.preventDefault();
      // Not by disabling its buttons: whoever works by keyboard would lose her place.
      if (event.target.ariaBusy === "true") return;
      this.send(event.target, new FormData(event.target, event.submitter));
    });
  }

  tell(what) {
    this.dispatchEvent(new CustomEvent(what, { bubbles: true }));
  }

  async send(form, body) {
    form.ariaBusy = "true";
    for (let tries = 0; this.isConnected && !(await this.isTaken(form, body)); tries++) {
      this.tell("quick-kept");
      await pause(Math.min(1000 * 2 ** tries, 15000));
    }
    form.ariaBusy = null;
    this.tell("quick-sent");
  }

  async isTaken(form, body) {
    try {
      const headers = { "X-Requested-With": "fetch" };
      const answer = await fetch(form.action, { method: "POST", body, headers });
      if (answer.status >= 500) return false;
      const line = document.getElementById("line");
      if (answer.status >= 400 && line) line.textContent = await answer.text();
      return true;
    } catch {
      return false;
    }
  }
}

customElements.define("sabaq-quick", SabaqQuick);
