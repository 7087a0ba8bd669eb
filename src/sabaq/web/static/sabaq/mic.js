// <sabaq-mic>: a microphone's button. Speaks on the channel in data-channel, if the server lets it.
//
// Its button says data-silent or data-on; its line says whether it is heard, or why it fell silent: "taken",
// "elsewhere", "forbidden", "over", or "refused" by the browser. `move` takes it to another channel, also while on.

const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 };

class SabaqMic extends HTMLElement {
  connectedCallback() {
    this.voice = document.querySelector("sabaq-voice");
    this.addEventListener("click", ({ target }) => target.closest("[data-toggle]") && this.toggle());
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.voice.addEventListener("voice-open", () => this.track && this.speak(), { signal });
    this.voice.addEventListener("voice-drop", () => this.close(), { signal });
    this.voice.addEventListener("voice-told", ({ detail }) => this.told(detail), { signal });
    this.show();
  }

  disconnectedCallback() {
    this.listening.abort();
    if (this.isOn) this.hush();
  }

  get isOn() {
    return "on" in this.dataset;
  }

  async toggle() {
    if (this.isOn) return this.hush();
    // Of several microphones on a page one is on.
    for (const other of document.querySelectorAll("sabaq-mic[data-on]")) other.hush();
    this.dataset.on = "";
    this.show();
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: SOUND });
      this.track = stream.getTracks()[0];
    } catch {
      return this.hush("refused");
    }
    if (!this.isOn) return this.hush();
    this.track.onended = () => this.hush("refused");
    if (this.voice.isOpen) this.speak();
    else this.voice.begin();
  }

  hush(why) {
    if (!why) this.said = "";
    if (this.isOn) this.voice.tell({ hush: true });
    delete this.dataset.on;
    this.track?.stop();
    this.track = undefined;
    this.close();
    this.show(why);
  }

  move(channel) {
    this.dataset.channel = channel;
    if (this.track && this.voice.isOpen) this.speak();
    this.show();
  }

  close() {
    this.mouth?.close();
    this.mouth = undefined;
    this.isHeard = false;
  }

  async speak() {
    this.close();
    const mouth = (this.mouth = this.voice.connection(true));
    mouth.addTrack(this.track);
    const offer = await mouth.createOffer();
    // The server knows of the connection before it hears of its candidates.
    this.voice.tell({ speak: this.dataset.channel, offer: offer.sdp });
    await mouth.setLocalDescription(offer);
  }

  told({ answer, hushed, speaks }) {
    if (answer && this.mouth) this.mouth.setRemoteDescription({ type: "answer", sdp: answer }).catch(() => this.voice.again());
    if (hushed && this.isOn) this.hush(hushed);
    if (speaks !== undefined) this.isHeard = this.isOn && speaks === this.dataset.channel;
    this.show();
  }

  show(why) {
    const button = this.querySelector("[data-toggle]");
    button.querySelector("span").textContent = this.isOn ? button.dataset.on : button.dataset.silent;
    const line = this.querySelector("[role=status]");
    if (why) line.textContent = line.dataset[why] ?? "";
    else if (this.isOn) line.textContent = this.isHeard ? line.dataset.heard : line.dataset.going;
    else if (!this.said) line.textContent = "";
    this.said = this.isOn ? "" : why || this.said;
  }
}

customElements.define("sabaq-mic", SabaqMic);
