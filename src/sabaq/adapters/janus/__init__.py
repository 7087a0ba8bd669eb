"""Janus carries the voice of classes: VideoRoom, audio alone. See docs/adr/0011-live-voice.md."""
