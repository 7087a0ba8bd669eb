// <sabaq-voice>: hears the class in the language chosen, and carries the words of microphones (<sabaq-mic>).
//
// Its radios (name "hear") choose what is heard: a language, "floor" or "". The server decides what that is and
// who may speak; whatever breaks, everything is begun anew. Words are in data-say-…, with {language} and {floor}
// for names of languages. data-always keeps the line open also while nothing is heard. Tells its surroundings by
// "voice-open", "voice-drop", "voice-shut" (the line did not open), "voice-sound" (what plays), "voice-bytes"
// (sound that came over the line itself: `road` is "line") and "voice-told" (what the server said).

const RETRY = [200, 400, 800, 1500, 3000];
const EXPIRED = 4401, REFUSED = 4403, OVER = 4410;

class SabaqVoice extends HTMLElement {
  connectedCallback() {
    this.wanted = "";
    this.tries = 0;
    this.known = {};
    this.sounds = new Map();
    // What a browser remembers of the page before is not what is heard.
    for (const field of this.querySelectorAll("input")) field.checked = field.defaultChecked;
    this.addEventListener("change", ({ target }) => target.name && this.hear(target.name === "hear" ? target.value : this.wanted));
    addEventListener("online", () => this.isOpen || (this.isNeeded && this.begin()));
    // Others on the page listen to what is said: they come first.
    if ("always" in this.dataset) setTimeout(() => this.begin());
  }

  get isNeeded() {
    return this.isConnected && Boolean(this.wanted || "always" in this.dataset || document.querySelector("sabaq-mic[data-on]"));
  }

  hear(channel) {
    this.wanted = channel;
    this.report("voice-wanted");
    // What plays later may play without another tap.
    for (const sound of this.sounds.values()) sound.play().catch(() => {});
    if (this.isOpen) this.choose();
    else if (channel) this.begin();
    this.show();
  }

  choose() {
    const partner = this.querySelector("input[name=partner]");
    this.tell(partner ? { hear: this.wanted, partner: partner.checked } : { hear: this.wanted });
  }

  async begin() {
    clearTimeout(this.soon);
    this.drop();
    const room = document.querySelector("sabaq-class");
    if (this.isExpired) await room.renew().catch(() => {});
    this.isExpired = false;
    const socket = (this.socket = new WebSocket(location.origin.replace("http", "ws") + this.dataset.line));
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      this.isOpen = true;
      this.tell({ ticket: room.ticket });
      if (this.road) this.tell({ road: this.road });
      if (this.wanted) this.choose();
      this.report("voice-open");
    };
    let turn = Promise.resolve();
    const again = () => this.socket === socket && this.again();
    socket.onmessage = ({ data }) => {
      if (typeof data !== "string") this.report("voice-bytes", data);
      else turn = turn.then(() => this.take(JSON.parse(data))).catch(again);
    };
    socket.onclose = ({ code }) => this.again(code);
  }

  // The line, or the connection of voice, is gone. A dead socket takes long to say so, and is not waited for.
  again(code) {
    if (!this.isOpen) this.report("voice-shut");
    this.drop();
    this.isExpired = code === EXPIRED;
    if (code === OVER || (code === REFUSED && this.tries > 2)) {
      this.report("voice-told", { hushed: code === OVER ? "over" : "forbidden" });
      return this.say(code === OVER ? "over" : "refused");
    }
    if (!this.isNeeded) return this.show();
    this.say(this.road === "apart" ? "apart" : "lost", this.wanted);
    this.soon = setTimeout(() => this.begin(), RETRY[Math.min(this.tries++, RETRY.length - 1)] * (this.road === "apart" ? 10 : 1) * (0.7 + 0.6 * Math.random()));
  }

  drop() {
    if (this.socket) this.socket.onmessage = this.socket.onclose = this.socket.onopen = null;
    this.socket?.close();
    this.ear?.close();
    this.socket = this.ear = undefined;
    this.isOpen = false;
    for (const sound of this.sounds.values()) sound.srcObject = null;
    this.known = {};
    this.report("voice-drop");
  }

  tell(message) {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  report(what, detail) {
    this.dispatchEvent(new CustomEvent(what, { bubbles: true, detail }));
  }

  async take(message) {
    this.tries = 0;
    if (message.offer) return this.answer(message.offer);
    if (message.channels) {
      this.known = message;
      this.show();
    }
    this.report("voice-told", message);
  }

  // `of` says which of her connections it is: "ear", "mouth", or "fine".
  connection(of) {
    const connection = new RTCPeerConnection({ bundlePolicy: "max-bundle", iceServers: this.detour ?? [] });
    this.report("voice-connecting", { connection, of });
    connection.onicecandidate = ({ candidate }) => this.tell({ ice: candidate?.toJSON() ?? null, of });
    connection.onconnectionstatechange = () => connection.connectionState === "failed" && of !== "fine" && this.again();
    return connection;
  }

  async answer(sdp) {
    if (!this.ear) {
      this.ear = this.connection("ear");
      this.ear.ontrack = ({ track, transceiver }) => this.play(transceiver.mid, track);
    }
    await this.ear.setRemoteDescription({ type: "offer", sdp });
    await this.ear.setLocalDescription();
    this.tell({ answer: this.ear.localDescription.sdp });
  }

  // One player for each stream: the floor may be several people.
  play(mid, track) {
    const sound = this.sounds.get(mid) ?? document.createElement("audio");
    this.sounds.set(mid, sound);
    this.append(sound);
    sound.srcObject = new MediaStream([track]);
    sound.play().catch(() => this.say("tap"));
    this.report("voice-sound", sound);
  }

  show() {
    const { hears, floor } = this.known;
    if (!this.wanted) this.say("off");
    else if (floor === undefined) this.say(this.road === "apart" ? "apart" : "lost", this.wanted);
    else if (hears) this.say(hears === "floor" ? "floor" : "booth", hears);
    else this.say([floor, "floor"].includes(this.wanted) ? "silent" : "none", this.wanted);
  }

  say(what, language) {
    const name = (code) => this.querySelector(`input[value="${code}"]`)?.parentNode.textContent.trim() ?? code;
    const line = this.querySelector("[role=status]");
    const words = line.dataset[what] ?? "";
    line.textContent = words.replace("{language}", name(language)).replace("{floor}", name(this.known.floor));
    this.dataset.state = what;
  }
}

customElements.define("sabaq-voice", SabaqVoice);
