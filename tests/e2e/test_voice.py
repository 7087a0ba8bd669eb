"""Live voice, judged by what is heard: known tones through fake microphones, found in what a listener's page plays."""

import os
import re
import signal

import pytest
from playwright.sync_api import expect

from tests.e2e.hearing import both_heard, heard_by, tone_heard, until_heard
from tests.e2e.voices import (
    INTERPRETER_HZ,
    PATIENCE,
    TRAINER_HZ,
    Voices,
    choose,
    janus_of,
    says,
    until_silent,
)
from tests.e2e.voices import house as house
from tests.e2e.voices import voices as voices

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


def test_a_language_is_heard_on_the_floor_or_from_its_booth(voices: Voices) -> None:
    trainer, interpreter = voices.trainer(), voices.interpreter()
    listener = voices.participant(0)
    choose(listener, "Русский")
    says(listener, "Nobody interprets for you now: Русский. The floor speaks: English.")
    trainer.get_by_role("button", name="Switch my microphone on").click()
    expect(trainer.locator("sabaq-mic [role=status]")).to_have_text(
        "Your microphone is on. You can be heard.", timeout=PATIENCE * 1000
    )
    choose(interpreter, "The floor")
    until_heard(interpreter, TRAINER_HZ, within=PATIENCE)

    interpreter.get_by_role("button", name="Speak into Русский").click()
    until_heard(listener, INTERPRETER_HZ, within=PATIENCE)
    says(listener, "You hear the interpreter: Русский.")
    assert tone_heard(interpreter, TRAINER_HZ)  # and not herself

    choose(listener, "English")
    until_heard(listener, TRAINER_HZ, within=PATIENCE)
    says(listener, "You hear the floor.")

    choose(listener, "Русский")
    until_heard(listener, INTERPRETER_HZ, within=PATIENCE)
    interpreter.get_by_role("button", name="Switch my microphone off").click()
    says(listener, "Nobody interprets for you now: Русский.")
    assert heard_by(listener) == {}

    trainer.locator("[data-part=floor]").get_by_role("button", name="Русский").click()
    until_heard(listener, TRAINER_HZ, within=PATIENCE)
    says(listener, "You hear the floor.")


def test_the_booth_turns_round_while_it_speaks(voices: Voices) -> None:
    voices.trainer()
    interpreter = voices.interpreter()
    interpreter.get_by_role("button", name="Speak into Русский").click()
    russian = voices.participant(0)
    choose(russian, "Русский")
    until_heard(russian, INTERPRETER_HZ, within=PATIENCE)

    interpreter.locator("[data-part=floor]").get_by_role("button", name="Русский").click()
    interpreter.get_by_role("button", name="Turn round: into English").click()
    choose(russian, "English")
    until_heard(russian, INTERPRETER_HZ, within=PATIENCE)
    choose(russian, "Русский")
    says(russian, "Nobody is speaking now.")


def test_the_floor_is_given_to_a_hand_and_taken_back(voices: Voices) -> None:
    trainer, speaker = voices.trainer(), voices.participant(0, voices.other)
    colleague = voices.participant(2)
    trainer.get_by_role("button", name="Switch my microphone on").click()
    choose(colleague, "English")
    until_heard(colleague, TRAINER_HZ, within=PATIENCE)
    speaker.get_by_role("button", name="Raise hand").click()
    trainer.get_by_role("button", name=re.compile("Give the floor")).click()
    speaker.get_by_role("button", name="Switch my microphone on").click()

    choose(trainer, "English")
    until_heard(trainer, INTERPRETER_HZ, within=PATIENCE)  # the participant's browser has this tone
    assert both_heard(colleague, TRAINER_HZ, INTERPRETER_HZ)

    trainer.get_by_role("button", name=re.compile("Take the floor back")).click()
    expect(speaker.locator("sabaq-mic")).to_have_count(0, timeout=PATIENCE * 1000)
    says(trainer, "Nobody is speaking now.")
    assert tone_heard(colleague, TRAINER_HZ)


_SPEAK_WITHOUT_LEAVE = """async (channel) => {
  const connection = new RTCPeerConnection();
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  connection.addTrack(stream.getTracks()[0]);
  const offer = await connection.createOffer();
  await connection.setLocalDescription(offer);
  const socket = new WebSocket(location.origin.replace("http", "ws") + document.querySelector("sabaq-voice").dataset.line);
  const heard = [];
  await new Promise((done) => {
    socket.onopen = () => {
      socket.send(JSON.stringify({ ticket: document.querySelector("sabaq-class").ticket }));
      socket.send(JSON.stringify({ speak: channel, offer: offer.sdp }));
    };
    socket.onmessage = ({ data }) => {
      heard.push(Object.keys(JSON.parse(data))[0]);
      if (/hushed|answer/.test(data)) done();
    };
    socket.onclose = ({ code }) => (heard.push(code), done());
  });
  socket.close();
  return heard.at(-1);
}"""


def test_a_microphone_without_the_floor_is_refused(voices: Voices) -> None:
    trainer, participant, interpreter = (
        voices.trainer(),
        voices.participant(0),
        voices.interpreter(),
    )

    refused = {
        "participant, floor": participant.evaluate(_SPEAK_WITHOUT_LEAVE, "floor"),
        "participant, booth": participant.evaluate(_SPEAK_WITHOUT_LEAVE, "booth"),
        "interpreter, floor": interpreter.evaluate(_SPEAK_WITHOUT_LEAVE, "floor"),
        "trainer, booth": trainer.evaluate(_SPEAK_WITHOUT_LEAVE, "booth"),
        "trainer, no language": trainer.evaluate(_SPEAK_WITHOUT_LEAVE, "xx"),
    }
    let = {
        "interpreter, booth": interpreter.evaluate(_SPEAK_WITHOUT_LEAVE, "booth"),
        "trainer, floor": trainer.evaluate(_SPEAK_WITHOUT_LEAVE, "floor"),
    }

    assert refused == dict.fromkeys(refused, "hushed")
    assert let == dict.fromkeys(let, "answer")


def test_voice_comes_back_by_itself_when_the_engine_is_killed(voices: Voices) -> None:
    trainer, listener = voices.trainer(), voices.participant(0)
    trainer.get_by_role("button", name="Switch my microphone on").click()
    choose(listener, "English")
    until_heard(listener, TRAINER_HZ, within=PATIENCE)
    engine = janus_of(voices.server)
    os.kill(engine, signal.SIGKILL)

    until_silent(listener)
    seconds = until_heard(listener, TRAINER_HZ, within=PATIENCE)

    print(f"heard again after {seconds:.1f} s")
    assert janus_of(voices.server) != engine
