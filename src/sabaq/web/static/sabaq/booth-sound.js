// The sound of a booth: what an interpreter hears is limited, so that nothing hurts, and both levels are shown.
//
// Told of by <sabaq-voice> ("voice-sound", "voice-told") and <sabaq-mic> ("mic-told"). data-quiet-line says when a
// channel that is spoken on stays silent.

const LIMIT = { threshold: -12, knee: 0, ratio: 20, attack: 0.003, release: 0.25 };
const QUIET_AFTER = 10000, QUIETEST = -55;

const sources = new Map();
let context, mine, heard, limiter, hears = "", lastHeard = 0;

const begin = () => {
  if (context) return context.resume();
  context = new AudioContext();
  limiter = new DynamicsCompressorNode(context, LIMIT);
  mine = new AnalyserNode(context, { fftSize: 2048 });
  heard = new AnalyserNode(context, { fftSize: 2048 });
  limiter.connect(heard).connect(context.destination);
  // Where the browser holds the context back, the page itself plays.
  context.onstatechange = () => sources.forEach((_, sound) => sound.pause && (sound.muted = context.state === "running"));
  setInterval(show, 100);
};

const connect = (key, track, to) => {
  const before = sources.get(key);
  if (before?.track === track) return;
  before?.node.disconnect();
  sources.delete(key);
  if (!track) return;
  begin();
  const node = context.createMediaStreamSource(new MediaStream([track]));
  node.connect(to());
  sources.set(key, { track, node });
};

const decibels = (analyser) => {
  const samples = new Float32Array(analyser.fftSize);
  analyser.getFloatTimeDomainData(samples);
  return 10 * Math.log10(samples.reduce((sum, one) => sum + one * one, 1e-9) / samples.length);
};

function show() {
  if (document.hidden) return;
  const [out, incoming] = [decibels(mine), decibels(heard)];
  document.getElementById("meter-mine").value = Math.max(0, 1 + out / 60);
  document.getElementById("meter-heard").value = Math.max(0, 1 + incoming / 60);
  if (incoming > QUIETEST) lastHeard = Date.now();
  const line = document.querySelector("[data-quiet-line]");
  const words = hears && Date.now() - lastHeard > QUIET_AFTER ? document.querySelector("sabaq-booth").dataset.quiet : "";
  if (line.textContent !== words) line.textContent = words;
}

document.addEventListener("voice-sound", ({ detail: sound }) => {
  connect(sound, sound.srcObject.getAudioTracks()[0], () => limiter);
  sound.muted = context.state === "running";
});
document.addEventListener("voice-told", ({ detail }) => {
  if (detail.hears === undefined) return;
  if (detail.hears !== hears) lastHeard = Date.now();
  hears = detail.hears;
});
document.addEventListener("voice-drop", () => (hears = ""));
document.addEventListener("mic-told", ({ target }) => connect("mine", target.track, () => mine));
