// <sabaq-road>, within <sabaq-voice>: the way that voice takes, and another where that is closed.
//
// UDP is tried alone, which costs nothing besides. Where it does not connect within a moment, or is closed later, all
// is begun anew with the detour (TURN over TCP or TLS) of which the server told, beside UDP. Where that is closed too,
// or the browser has no WebRTC, voice comes by the slow road: over the line itself, or, where there is none or the
// browser cannot decode, as a plain answer. Its list chooses by hand. Says in its line which way is taken: words in
// data-direct, data-detour, data-slow ({seconds} behind), data-plain; for helpers data-road says "udp", "tcp", "tls",
// "slow" or "plain".

// A direct way answers after one trip there and back; a detour takes six or seven. Milliseconds.
const DIRECT_WITHIN = 2000, DETOUR_WITHIN = 8000;
const GONE_AFTER = 1000;
// How often a detour that is gone is looked for again, and a line may fail to open while the server is reached.
const LOOKED_FOR = 3, LINES_REFUSED = 2;

const isOpen = ({ iceConnectionState }) => ["connected", "completed"].includes(iceConnectionState);

// A phone whose screen is locked goes on with what it knows to be playing.
const onLockedScreen = (voice) => {
  if (!("mediaSession" in navigator)) return;
  navigator.mediaSession.metadata = new MediaMetadata({ title: document.title });
  navigator.mediaSession.setActionHandler("pause", () => voice.querySelector('[name="hear"][value=""]').click());
};

class SabaqRoad extends HTMLElement {
  connectedCallback() {
    this.voice = this.closest("sabaq-voice");
    this.refused = this.tries = 0;
    this.drop();
    const hear = (what, heard) => this.voice.addEventListener(what, ({ detail }) => heard(detail));
    hear("voice-told", (told) => told.detour && this.know(told.detour));
    hear("voice-connecting", ({ connection, of }) => this.watch(connection, of));
    hear("voice-drop", () => this.drop());
    hear("voice-open", () => (this.refused = 0));
    hear("voice-shut", () => this.lineRefused());
    hear("voice-bytes", (bytes) => this.slow?.take(bytes));
    hear("voice-wanted", () => (this.slow ? this.slow.wanted() : window.RTCPeerConnection || this.slowly()));
    hear("voice-sound", () => onLockedScreen(this.voice));
    this.choice = this.querySelector("select");
    this.choice.addEventListener("change", () => this.chosen());
  }

  know(detour) {
    this.detour = detour;
    if (this.isTaken) this.voice.detour = [detour];
  }

  drop() {
    clearTimeout(this.soon);
    this.roads = {};
    if (!this.slow?.isSilenced()) this.show(this.slow?.way);
  }

  chosen() {
    if (this.choice.value === "slow") return this.slowly();
    this.leave();
    this.isTaken = false;
    this.voice.detour = undefined;
    if (window.RTCPeerConnection) this.voice.begin();
    else this.slowly();
  }

  watch(connection, of) {
    // Without the fine stream of a microphone all goes on.
    if (of === "fine") return;
    const wait = this.isTaken ? DETOUR_WITHIN : DIRECT_WITHIN;
    connection.addEventListener("signalingstatechange", () => {
      if (connection.signalingState === "stable" && !isOpen(connection)) this.after(wait, connection);
    });
    // A detour that is not there now, as while coturn starts again, says so by giving no candidate.
    let hasDetour = false;
    connection.addEventListener("icecandidate", ({ candidate }) => {
      hasDetour ||= candidate?.type === "relay";
      if (candidate || !this.isTaken || hasDetour) return;
      this.after(GONE_AFTER * 2 ** this.tries, connection, this.tries++ < LOOKED_FOR);
    });
    connection.addEventListener("iceconnectionstatechange", () => {
      if (isOpen(connection)) this.arrived(connection, of);
      else if (["disconnected", "failed"].includes(connection.iceConnectionState)) this.after(GONE_AFTER, connection, this.tries++ < LOOKED_FOR);
    });
  }

  after(wait, connection, isLookedFor) {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.another(connection, isLookedFor), wait);
  }

  // Another way is taken only where the server is reached: what is gone altogether comes back as it was.
  async another(connection, isLookedFor) {
    if (connection.signalingState === "closed" || isOpen(connection)) return;
    const isThere = await this.isThere();
    if (connection.signalingState === "closed" || isOpen(connection)) return;
    if (!isThere) return this.after(GONE_AFTER, connection);
    // On the slow road one hears; a microphone needs another.
    if (this.slow) return document.querySelector("sabaq-mic[data-on]")?.hush("shut");
    if (!this.detour || (this.isTaken && !isLookedFor)) return this.slowly();
    this.isTaken = true;
    this.voice.detour = [this.detour];
    this.voice.begin();
  }

  isThere() {
    return fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(4000) }).then(() => true, () => false);
  }

  async slowly(isPlain) {
    const { SlowRoad } = await import(this.dataset.module);
    this.leave();
    this.choice.value = "slow";
    this.slow = new SlowRoad(this);
    this.slow.begin(isPlain);
  }

  leave() {
    clearTimeout(this.soon);
    this.slow?.close();
    this.slow = this.voice.road = undefined;
  }

  // The line itself is refused, though the server is there: some networks let no WebSocket through.
  async lineRefused() {
    if (++this.refused < LINES_REFUSED || this.voice.road === "apart" || !(await this.isThere())) return;
    this.slowly(true);
  }

  async arrived(connection, of) {
    clearTimeout(this.soon);
    this.tries = 0;
    const reports = await connection.getStats().catch(() => new Map());
    const all = [...reports.values()];
    const pair = reports.get(all.find(({ type }) => type === "transport")?.selectedCandidatePairId);
    const { candidateType, relayProtocol } = reports.get(pair?.localCandidateId) ?? {};
    if (!candidateType) return;
    this.roads[of] = candidateType === "relay" ? relayProtocol : "udp";
    this.show();
  }

  // `seconds` is how late it is.
  show(what, seconds) {
    const roads = Object.values(this.roads);
    const road = what ?? roads.find((one) => one !== "udp") ?? roads[0] ?? "";
    this.dataset.road = road;
    const words = { udp: "direct", tcp: "detour", tls: "detour" }[road] ?? road;
    this.querySelector("[role=status]").textContent = (this.dataset[words] ?? "").replace("{seconds}", seconds ?? 1);
  }
}

customElements.define("sabaq-road", SabaqRoad);
