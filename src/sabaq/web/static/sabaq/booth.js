// <sabaq-booth>: two languages, one microphone, and a button that turns it round. The pair is remembered here.
//
// data-silent and data-turn say what the two buttons say, with {language}.

const KEPT = "booth";

class SabaqBooth extends HTMLElement {
  connectedCallback() {
    this.pair = [...this.querySelectorAll("select")];
    try {
      const kept = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
      this.pair.forEach((select, at) => [...select.options].some(({ value }) => value === kept[at]) && (select.value = kept[at]));
    } catch {
      // What this browser keeps is not ours, or it keeps nothing.
    }
    this.into = 1;
    this.addEventListener("change", () => this.turn(this.into));
    this.querySelector("[data-turns]").addEventListener("click", () => this.turn(1 - this.into));
    this.turn(1);
  }

  turn(into) {
    this.into = into;
    const name = (at) => this.pair[at].selectedOptions[0].text;
    const microphone = this.querySelector("sabaq-mic");
    microphone.querySelector("[data-toggle]").dataset.silent = this.dataset.silent.replace("{language}", name(into));
    this.querySelector("[data-turns] span").textContent = this.dataset.turn.replace("{language}", name(1 - into));
    this.dataset.into = this.pair[into].value;
    microphone.move(this.dataset.into);
    try {
      localStorage.setItem(KEPT, JSON.stringify(this.pair.map(({ value }) => value)));
    } catch {
      // It is chosen anew next time.
    }
  }
}

customElements.define("sabaq-booth", SabaqBooth);
