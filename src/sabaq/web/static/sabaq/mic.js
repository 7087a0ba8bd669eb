// <sabaq-mic>: a microphone's button. Speaks on the channel in data-channel, if the server lets it.
//
// Its button says data-silent or data-on; its line says whether it is heard, or why it fell silent: "taken",
// "elsewhere", "forbidden", "over", "refused" by the browser or "shut" out by the network. Tells its surroundings by "mic-told" that it changed.
//
// Where an interpreter listens the server asks for a fine stream beside the one for listeners. It has a connection of
// its own and is let go where the line is tight: the listeners' voice comes first.

const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 };
const LOOK_EVERY = 3000, TRY_AGAIN_AFTER = 60000;
// Of the thin stream, by what the other end reports: part lost, and seconds there and back.
const TIGHT = { lost: 0.05, trip: 1 };

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

  close() {
    this.mouth?.close();
    this.mouth = undefined;
    this.isHeard = this.wantsFine = false;
    this.closeFine();
  }

  closeFine() {
    clearInterval(this.looking);
    clearTimeout(this.later);
    this.fine?.close();
    this.fine = undefined;
  }

  async speak() {
    this.close();
    await this.connect("mouth", (sdp) => ({ speak: this.dataset.channel, offer: sdp }));
  }

  async connect(of, wish) {
    const connection = (this[of] = this.voice.connection(of));
    connection.addTrack(this.track);
    const offer = await connection.createOffer();
    // The server knows of the connection before it hears of its candidates.
    this.voice.tell(wish(offer.sdp));
    await connection.setLocalDescription(offer);
    return connection;
  }

  async speakFine() {
    this.closeFine();
    // A browser that knows how thin its line is needs no trying.
    if (!this.track || /2g/.test(navigator.connection?.effectiveType)) return;
    await this.connect("fine", (sdp) => ({ fine: sdp }));
    let tight = 0;
    this.looking = setInterval(async () => {
      tight = (await this.isTight()) ? tight + 1 : 0;
      if (tight < 2) return;
      this.closeFine();
      // Interpreters hear the thin stream then, and not a dead one.
      this.voice.tell({ fine: "" });
      this.later = setTimeout(() => this.wantsFine && this.speakFine(), TRY_AGAIN_AFTER);
    }, LOOK_EVERY);
  }

  async isTight() {
    const reports = [...((await this.mouth?.getStats()) ?? new Map()).values()];
    const { fractionLost, roundTripTime } = reports.find(({ type }) => type === "remote-inbound-rtp") ?? {};
    return fractionLost > TIGHT.lost || roundTripTime > TIGHT.trip;
  }

  told({ answer, fine, fineAnswer, hushed, speaks }) {
    if (answer && this.mouth) this.mouth.setRemoteDescription({ type: "answer", sdp: answer }).catch(() => this.voice.again());
    if (fineAnswer && this.fine) this.fine.setRemoteDescription({ type: "answer", sdp: fineAnswer }).catch(() => this.closeFine());
    if (fine !== undefined && this.track) {
      this.wantsFine = fine;
      if (fine) this.speakFine();
      else this.closeFine();
    }
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
    this.dispatchEvent(new CustomEvent("mic-told", { bubbles: true }));
  }
}

customElements.define("sabaq-mic", SabaqMic);
