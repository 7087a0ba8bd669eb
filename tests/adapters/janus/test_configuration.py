"""Janus' configuration: ours alone may read it, and nothing listens but one port on the loopback."""

import stat

from sabaq.adapters.janus.configuration import configuration, modules, write_configuration
from sabaq.adapters.janus.sdp import thin
from sabaq.ops.voice import Engine

ENGINE = Engine("/usr/bin/janus", 4711, 'a"secret', "other", public_address="203.0.113.7")


def test_only_this_user_may_read_it(tmp_path):
    folder = tmp_path / "voice"
    write_configuration(ENGINE, folder)
    write_configuration(ENGINE, folder)

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.iterdir())}
    assert modes == {
        "voice": 0o700,
        "janus.jcfg": 0o600,
        "janus.transport.websockets.jcfg": 0o600,
        "janus.plugin.videoroom.jcfg": 0o600,
    }
    assert r'api_secret = "a\"secret"' in (folder / "janus.jcfg").read_text()


def test_one_port_on_the_loopback_and_no_administration(tmp_path):
    files = configuration(ENGINE, tmp_path, modules())
    web = files["janus.transport.websockets.jcfg"]

    assert (web["general"]["ws_ip"], web["general"]["ws_port"]) == ("127.0.0.1", 4711)
    assert web["admin"] == {"admin_ws": False}
    assert "libjanus_videoroom.so" not in files["janus.jcfg"]["plugins"]["disable"]
    assert files["janus.jcfg"]["nat"]["nat_1_1_mapping"] == "203.0.113.7"


def test_the_answer_asks_the_microphone_for_thin_sound():
    answer = (
        "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=rtpmap:111 opus/48000/2\r\n"
        "a=fmtp:111 minptime=10;useinbandfec=0\r\na=ptime:20\r\na=mid:0\r\n"
    )

    assert thin(answer).split("\r\n") == [
        "v=0",
        "m=audio 9 UDP/TLS/RTP/SAVPF 111",
        "a=rtpmap:111 opus/48000/2",
        "a=fmtp:111 minptime=10;useinbandfec=1;usedtx=1;maxaveragebitrate=16000;stereo=0",
        "a=ptime:60",
        "a=maxptime:60",
        "a=mid:0",
        "",
    ]
