from django import forms
from django.utils.translation import gettext_lazy as _

from sabaq.classroom.enums import Following, Trouble
from sabaq.classroom.models import HelpCall
from sabaq.classroom.services.helping import Circumstances

_LARGEST = 100_000


class HelpForm(forms.Form):
    """What she says, and what her page's script adds; nonsense of the latter is left out, never refused."""

    trouble = forms.ChoiceField(choices=Trouble, label=_("What is wrong?"))
    text = forms.CharField(
        max_length=HelpCall._meta.get_field("text").max_length,
        required=False,
        strip=True,
        label=_("In your words"),
    )

    def circumstances(self, browser: str) -> Circumstances:
        """Give what the page knows of its line."""
        following = self.data.get("following", "")
        return Circumstances(
            browser=browser,
            screen_width=self._number("width"),
            connection=self._word("connection"),
            round_trip_ms=self._number("round_trip"),
            following=following if following in Following.values else "",
            silent_seconds=self._number("silent"),
        )

    def _number(self, name: str) -> int | None:
        text = self.data.get(name, "")
        plain = text.isascii() and text.isdigit() and len(text) < len(str(_LARGEST))
        return int(text) if plain else None

    def _word(self, name: str) -> str:
        text = str(self.data.get(name, ""))
        return text if text.replace("-", "").isalnum() and len(text) <= 10 else ""
