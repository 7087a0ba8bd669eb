"""The detour of voice by coturn: see docs/adr/0013-the-detour-of-voice.md."""
