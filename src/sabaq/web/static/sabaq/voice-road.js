// <sabaq-road>, within <sabaq-voice>: the way that voice takes, and another where that is closed.
//
// UDP is tried alone, which costs nothing besides. Where it does not connect within a moment, or is closed later, all
// is begun anew with the detour (TURN over TCP or TLS) of which the server told, beside UDP. Says in its line which
// way is taken: words in data-direct, data-detour, data-shut; for helpers data-road says "udp", "tcp" or "tls".

// A direct way answers after one trip there and back; a detour takes six or seven. Milliseconds.
const DIRECT_WITHIN = 2000, DETOUR_WITHIN = 8000, LONGEST = 30000;
const GONE_AFTER = 1000;

const isOpen = ({ iceConnectionState }) => ["connected", "completed"].includes(iceConnectionState);

class SabaqRoad extends HTMLElement {
  connectedCallback() {
    this.voice = this.closest("sabaq-voice");
    this.tries = 0;
    this.drop();
    this.voice.addEventListener("voice-told", ({ detail }) => detail.detour && this.know(detail.detour));
    this.voice.addEventListener("voice-connecting", ({ detail }) => this.watch(detail.connection, detail.of));
    this.voice.addEventListener("voice-drop", () => this.drop());
  }

  know(detour) {
    this.detour = detour;
    if (this.isTaken) this.voice.detour = [detour];
  }

  drop() {
    clearTimeout(this.soon);
    this.roads = {};
    this.show();
  }

  watch(connection, of) {
    // Without the fine stream of a microphone all goes on.
    if (of === "fine") return;
    const wait = this.isTaken ? Math.min(DETOUR_WITHIN * 2 ** this.tries, LONGEST) : DIRECT_WITHIN;
    connection.addEventListener("signalingstatechange", () => {
      if (connection.signalingState === "stable" && !isOpen(connection)) this.after(wait, connection);
    });
    // A detour that is not there now, as while coturn starts again, says so by giving no candidate.
    let hasDetour = false;
    connection.addEventListener("icecandidate", ({ candidate }) => {
      hasDetour ||= candidate?.type === "relay";
      if (!candidate && this.isTaken && !hasDetour) this.after(GONE_AFTER * 2 ** this.tries, connection);
    });
    connection.addEventListener("iceconnectionstatechange", () => {
      if (isOpen(connection)) this.arrived(connection, of);
      else if (["disconnected", "failed"].includes(connection.iceConnectionState)) this.after(GONE_AFTER, connection);
    });
  }

  after(wait, connection) {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.another(connection), wait);
  }

  // Another way is taken only where the server is reached: what is gone altogether comes back as it was.
  async another(connection) {
    if (connection.signalingState === "closed" || isOpen(connection)) return;
    if (!this.detour) return this.show("shut");
    const isThere = await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(4000) }).then(() => true, () => false);
    if (connection.signalingState === "closed" || isOpen(connection)) return;
    if (!isThere) return this.after(GONE_AFTER, connection);
    const wasTaken = this.isTaken;
    if (wasTaken) this.tries += 1;
    this.isTaken = true;
    this.voice.detour = [this.detour];
    this.voice.begin();
    if (wasTaken) this.show("shut");
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

  show(what) {
    const roads = Object.values(this.roads);
    const road = roads.find((one) => one !== "udp") ?? roads[0];
    this.dataset.road = road ?? what ?? "";
    const words = road ? (road === "udp" ? "direct" : "detour") : what;
    this.querySelector("[role=status]").textContent = this.dataset[words] ?? "";
  }
}

customElements.define("sabaq-road", SabaqRoad);
