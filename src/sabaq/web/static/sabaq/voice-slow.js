// The slow road, loaded where it is taken: voice as the line brings it, decoded here (WebCodecs), or as one answer
// without an end that a plain <audio> plays.
//
// A message is one byte of the microphone's number, four of the first frame's time in 1/48000 s, and then for each frame
// two of milliseconds since the first, two of length, and Opus.

const RATE = 48000;
const OPUS = { codec: "opus", sampleRate: RATE, numberOfChannels: 1 };
// Seconds: how long sound waits for what is late, and how far behind it is let fall.
const LEAD = 0.5, LONGEST = 3;
// What is together in one message has waited for it.
const TOGETHER = 0.25;

const PLAIN_AGAIN = 2000;

async function canDecode() {
  try {
    return (await AudioDecoder.isConfigSupported(OPUS)).supported;
  } catch {
    return false;
  }
}

// `road` is the <sabaq-road> that takes it; `way` says which rung: "slow" or "plain".
export class SlowRoad {
  constructor(road) {
    this.road = road;
    this.voice = road.voice;
  }

  async begin(isPlain) {
    if (isPlain || !(await canDecode())) return this.plainly();
    this.way = "slow";
    this.voice.road = "line";
    const play = (track) => this.voice.play("slow", track);
    this.sound = new Decoded(play, (seconds) => this.behind(seconds));
    if (!this.isClosed) this.voice.begin();
  }

  async plainly() {
    this.way = "plain";
    this.sound?.close();
    this.sound = undefined;
    this.road.show("plain");
    this.voice.road = "apart";
    this.voice.tell({ road: "apart" });
    const room = document.querySelector("sabaq-class");
    if (this.voice.wanted) await room.renew().catch(() => {});
    const hear = this.voice.wanted;
    if (!hear || this.isClosed || this.sound) return;
    const again = () => (this.soon = setTimeout(() => this.plainly(), PLAIN_AGAIN));
    this.sound = new Plain(`${this.road.dataset.sound}?${new URLSearchParams({ ticket: room.ticket, hear })}`, again);
    this.road.append(this.sound.sound);
  }

  wanted() {
    if (this.way === "plain") this.plainly();
  }

  take(bytes) {
    this.sound?.take?.(bytes);
  }

  // Of a line that broke; tells whether that is nothing to this road.
  isSilenced() {
    if (this.sound) this.sound.isPlaying = false;
    return this.way === "plain";
  }

  behind(seconds) {
    const whole = Math.max(1, Math.round(seconds));
    if (this.seconds === whole && this.road.dataset.road === "slow") return;
    this.seconds = whole;
    this.road.show("slow", whole);
  }

  close() {
    this.isClosed = true;
    clearTimeout(this.soon);
    this.sound?.close();
    this.sound = undefined;
  }
}

// `play` is given what sounds, `behind` how many seconds later than it was said.
class Decoded {
  constructor(play, behind) {
    this.context = new AudioContext({ sampleRate: RATE });
    this.out = this.context.createMediaStreamDestination();
    this.play = play;
    this.behind = behind;
    this.voices = new Map();
    this.context.resume();
  }

  // After a line that broke the page plays nothing any more.
  take(bytes) {
    if (!this.isPlaying) this.play(this.out.stream.getAudioTracks()[0]);
    this.isPlaying = true;
    const view = new DataView(bytes);
    const number = view.getUint8(0), begins = view.getUint32(1);
    if (!this.voices.has(number)) this.voices.set(number, new Voice(this));
    const voice = this.voices.get(number);
    for (let at = 5; at + 4 <= bytes.byteLength; ) {
      const since = view.getUint16(at), length = view.getUint16(at + 2);
      voice.decode(begins + since * (RATE / 1000), new Uint8Array(bytes, at + 4, length));
      at += 4 + length;
    }
  }

  close() {
    for (const voice of this.voices.values()) voice.close();
    this.context.close();
  }
}

class Voice {
  constructor(sound) {
    this.sound = sound;
    this.ticks = 0;
    this.begin();
  }

  begin() {
    this.decoder = new AudioDecoder({ output: (data) => this.play(data), error: () => this.begin() });
    this.decoder.configure(OPUS);
  }

  decode(ticks, data) {
    // The difference of two times that begin anew at 2**32.
    if (this.last !== undefined) this.ticks += (ticks - this.last) | 0;
    this.last = ticks;
    this.decoder.decode(new EncodedAudioChunk({ type: "key", timestamp: (this.ticks * 1e6) / RATE, data }));
  }

  play(data) {
    const { context, out, behind } = this.sound;
    const buffer = context.createBuffer(1, data.numberOfFrames, data.sampleRate);
    data.copyTo(buffer.getChannelData(0), { planeIndex: 0, format: "f32-planar" });
    const said = data.timestamp / 1e6, now = context.currentTime;
    data.close();
    let due = said + (this.later ?? NaN);
    if (!(due > now && due < now + LONGEST)) {
      due = now + LEAD;
      this.later = due - said;
    }
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(out);
    source.start(due);
    behind(due - now + TOGETHER);
  }

  close() {
    if (this.decoder.state !== "closed") this.decoder.close();
  }
}

// `again` is called when the answer ends, as it does with a ticket that has lapsed.
class Plain {
  constructor(address, again) {
    this.sound = document.createElement("audio");
    this.sound.controls = true;
    this.sound.onended = this.sound.onerror = again;
    this.sound.src = address;
    this.sound.play().catch(() => {});
  }

  close() {
    this.sound.onended = this.sound.onerror = null;
    this.sound.removeAttribute("src");
    this.sound.load();
    this.sound.remove();
  }
}
