/* <sabaq-fresh>: shows what its page has come to say meanwhile, every half minute while somebody looks at it. */
class SabaqFresh extends HTMLElement {
  connectedCallback() {
    this.timer = setInterval(() => document.hidden || this.look(), 30000);
  }

  async look() {
    try {
      const answer = await fetch(location.href, { cache: "no-store", redirect: "manual" });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page.querySelector("sabaq-fresh").innerHTML;
      if (now !== this.innerHTML) this.innerHTML = now;
    } catch {
      // The network is away: what stands here stays, and is asked for again.
    }
  }
}

customElements.define("sabaq-fresh", SabaqFresh);
