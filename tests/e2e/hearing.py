"""Browsers with ears and voices: a network of their own, microphones that play a known tone, and what is heard.

Janus leaves the loopback out, so server and browsers stand in a network namespace that has an address.
"""

import itertools
import math
import os
import shutil
import struct
import subprocess
import time
import wave
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser as PlaywrightBrowser
from playwright.sync_api import BrowserType, Page

from tests.conftest import CHROMIUM, CHROMIUM_ARGUMENTS, missing

ADDRESS = "10.77.0.1"
RATE = 48_000
_SEES_PRIVATE = (
    "WebRtcHideLocalIpsWithMdns",
    "LocalNetworkAccessChecks",
    "LocalNetworkAccessChecksWebSockets",
    "LocalNetworkAccessChecksWebRTC",
)
# The loudest frequency (Hz) of all that a page plays, by what was heard in the last second; 0 for silence.
_LOUDEST = """async ([seconds, asked]) => {
  const context = (window.ears ??= new AudioContext());
  await context.resume();
  const analyser = context.createAnalyser();
  analyser.fftSize = 8192;
  analyser.smoothingTimeConstant = 0;
  const sources = [...document.querySelectorAll("sabaq-voice audio")]
    .filter(({ srcObject }) => srcObject?.getAudioTracks().some(({ muted }) => !muted))
    .map(({ srcObject }) => context.createMediaStreamSource(srcObject));
  for (const source of sources) source.connect(analyser);
  const bins = new Float32Array(analyser.frequencyBinCount);
  const heard = {};
  const until = performance.now() + seconds * 1000;
  while (performance.now() < until) {
    await new Promise((done) => setTimeout(done, 40));
    analyser.getFloatFrequencyData(bins);
    let best = 0;
    bins.forEach((level, at) => { if (level > bins[best]) best = at; });
    for (const tone of asked) {
      const at = Math.round(tone * analyser.fftSize / context.sampleRate);
      if (Math.max(...bins.slice(at - 2, at + 3)) > Math.max(-60, bins[best] - 30)) heard[tone] = (heard[tone] ?? 0) + 1;
    }
    if (asked.length) continue;
    if (bins[best] > -60) {
      const hertz = Math.round(best * context.sampleRate / analyser.fftSize);
      heard[hertz] = (heard[hertz] ?? 0) + 1;
    }
  }
  for (const source of sources) source.disconnect();
  return heard;
}"""


@dataclass(frozen=True)
class Network:
    """A network namespace; `inside` is the command that enters it and becomes another."""

    inside: tuple[str, ...]

    def chromium(self, folder: Path) -> str:
        """Give a program that is Chromium within this network."""
        program = folder / "chromium"
        program.write_text(f'#!/bin/sh\nexec {" ".join(self.inside)} {CHROMIUM} "$@"\n')
        program.chmod(0o755)
        return str(program)


@contextmanager
def network() -> Iterator[Network]:
    """Make a network with one address; skip the test where no namespace may be made."""
    for program, package in {"janus": "janus", "ip": "iproute2", "nsenter": "util-linux"}.items():
        if shutil.which(program) is None:
            missing(f"{program} (Debian package {package})")
    own = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--net"]
    holder = subprocess.Popen(
        [*own, "sh", "-c", "echo in; read line"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        if holder.stdout.readline() != "in\n":
            missing("the right to make a network namespace")
        user = [] if os.geteuid() == 0 else ["--user", "--preserve-credentials"]
        inside = ("nsenter", "--target", str(holder.pid), "--net", *user)
        for command in (
            "ip link set lo up",
            "ip link add voice0 type veth peer name voice1",
            f"ip address add {ADDRESS}/24 dev voice0",
            "ip link set voice0 up",
            "ip link set voice1 up",
        ):
            subprocess.run([*inside, *command.split()], check=True)
        yield Network(inside)
    finally:
        holder.stdin.close()
        holder.wait(timeout=10)
        holder.stdout.close()


def write_tone(path: Path, hertz: int, seconds: float = 3.0) -> None:
    """Write a tone that swells and fades like syllables, four a second: steady ones are taken for noise."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", "not compressed"))
        samples = (
            int(
                20_000
                * abs(math.sin(math.pi * 4 * n / RATE))
                * math.sin(2 * math.pi * hertz * n / RATE)
            )
            for n in range(int(RATE * seconds))
        )
        file.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))


def browser_with_voice(
    kind: BrowserType, network: Network, folder: Path, hertz: int, more: Sequence[str] = ()
) -> PlaywrightBrowser:
    """Give a Chromium in this network whose microphone plays a tone, and which asks nobody for leave."""
    folder.mkdir()
    write_tone(folder / "tone.wav", hertz)
    return kind.launch(
        executable_path=network.chromium(folder),
        args=[
            *CHROMIUM_ARGUMENTS,
            f"--disable-features={','.join(_SEES_PRIVATE)}",
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            f"--use-file-for-fake-audio-capture={folder / 'tone.wav'}",
            "--autoplay-policy=no-user-gesture-required",
            *more,
        ],
        headless=True,
    )


def heard_by(page: Page, seconds: float = 1.0) -> dict[int, int]:
    """Give how often which frequency was the loudest in what the page plays."""
    return {int(hertz): times for hertz, times in page.evaluate(_LOUDEST, [seconds, []]).items()}


def both_heard(page: Page, *tones: int) -> bool:
    """Tell whether all these tones are in what is heard, whichever is the loudest: within 30 dB of it in some moment."""
    found: set[int] = set()
    for _ in range(3):
        louder = page.evaluate(_LOUDEST, [1.0, list(tones)])
        found |= {tone for tone in tones if louder.get(str(tone))}
    return found == set(tones)


def tone_heard(page: Page, hertz: int) -> bool:
    """Tell whether most of what is heard is this tone; a bin is 6 Hz wide."""
    heard = heard_by(page)
    right = sum(times for found, times in heard.items() if abs(found - hertz) <= 12)
    return right >= 3 and right > sum(heard.values()) / 2


def until_heard(page: Page, hertz: int, *, within: float) -> float:
    """Wait until this tone is heard; give after how many seconds, or fail."""
    begun = time.monotonic()
    while time.monotonic() - begun < within:
        if tone_heard(page, hertz):
            return time.monotonic() - begun
    raise AssertionError(f"{hertz} Hz was not heard within {within} s, but {heard_by(page)}")


# Writes down, every few milliseconds, how loud (dB) each of the tones is; windows of 21 ms.
_TAPE = """async (tones) => {
  const context = (window.ears ??= new AudioContext());
  await context.resume();
  const analyser = new AnalyserNode(context, { fftSize: 1024, smoothingTimeConstant: 0 });
  const sources = new Map();
  const bins = new Float32Array(analyser.frequencyBinCount);
  const tape = (window.tape = []);
  const at = tones.map((tone) => Math.round(tone * analyser.fftSize / context.sampleRate));
  window.taping = setInterval(() => {
    for (const { srcObject } of document.querySelectorAll("sabaq-voice audio")) {
      if (!srcObject || sources.has(srcObject)) continue;
      sources.set(srcObject, context.createMediaStreamSource(srcObject));
      sources.get(srcObject).connect(analyser);
    }
    analyser.getFloatFrequencyData(bins);
    tape.push([performance.now(), ...at.map((bin) => Math.max(...bins.slice(bin - 1, bin + 2)))]);
  }, 4);
}"""
_WITHIN_DB = 25


@dataclass(frozen=True)
class Handover:
    """What a listener heard of a voice that followed another, in milliseconds."""

    went_over: bool
    gap: float
    double: float


class Tape:
    """Begins to write down how loud two tones are in a page; `stop` says how one followed the other."""

    def __init__(self, page: Page, before: int, after: int) -> None:
        self.page = page
        page.evaluate(_TAPE, [before, after])
        page.wait_for_timeout(600)

    def stop(self) -> Handover:
        self.page.wait_for_timeout(600)
        tape = self.page.evaluate("() => (clearInterval(window.taping), window.tape)")
        loudest = [max(row[which] for row in tape) for which in (1, 2)]
        heard = [
            (at, *(level > top - _WITHIN_DB for level, top in zip(levels, loudest, strict=True)))
            for at, *levels in tape
        ]
        # Only what was listened to and silent is a gap: a busy page looks more seldom than it should.
        silences = itertools.groupby(heard, lambda one: not (one[1] or one[2]))
        quiet = [[at for at, *_ in moments] for is_silent, moments in silences if is_silent]
        gap = max((moments[-1] - moments[0] for moments in quiet), default=0.0)
        double = sum(b[0] - a[0] for a, b in itertools.pairwise(heard) if a[1] and a[2])
        began, ended = heard[: len(heard) // 20], heard[-len(heard) // 20 :]
        went_over = any(old for _, old, _ in began) and any(new for _, _, new in ended)
        return Handover(went_over and loudest[0] > -60 and loudest[1] > -60, gap, double)


@dataclass(frozen=True)
class Stream:
    """What comes in by a page's voice, a second: kilobits of sound (without headers), and packets."""

    kbit: float
    packets: float


_RECEIVED = """async () => {
  const reports = [...(await document.querySelector("sabaq-voice").ear.getStats()).values()];
  const ours = reports.filter(({ type }) => type === "inbound-rtp");
  const sum = (what) => ours.reduce((all, one) => all + one[what], 0);
  return [performance.now(), sum("bytesReceived"), sum("packetsReceived")];
}"""


def stream_heard(page: Page, seconds: float = 4.0) -> Stream:
    """Measure what comes in for so long."""
    began = page.evaluate(_RECEIVED)
    page.wait_for_timeout(seconds * 1000)
    took, received, packets = (
        after - before for before, after in zip(began, page.evaluate(_RECEIVED), strict=True)
    )
    return Stream(received * 8 / took, packets / took * 1000)
