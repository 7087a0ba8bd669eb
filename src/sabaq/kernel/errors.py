from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext


class DomainError(Exception):
    """A fact someone can act on: a translatable sentence with named values.

    `message` is a msgid with named placeholders; with `message_plural` and the value `count` it is
    plural-aware. `status` is the HTTP status that fits when nothing better is done with it.
    """

    message: str | Promise = "This cannot be done."
    message_plural: str = ""
    status = 422

    def __init__(self, **values: Any) -> None:
        self.values = values
        super().__init__(values)

    def __str__(self) -> str:
        if self.message_plural:
            text = ngettext(str(self.message), self.message_plural, self.values["count"])
        else:
            text = gettext(str(self.message))
        return text % self.values if self.values else text


class NotAllowed(DomainError):
    """The door is closed to this actor. Shown as 404 where existence is itself private."""

    message = "You have no access to this."
    status = 403
