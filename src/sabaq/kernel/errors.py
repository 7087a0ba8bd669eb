from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class DomainError(Exception):
    """A fact someone can act on: a translatable sentence with named values.

    `message` is a lazy translation with named placeholders; `ngettext_lazy(…, …, "count")` makes it
    plural-aware. `status` is the HTTP status that fits when nothing better is done with it.
    """

    message: "_StrPromise" = _("This cannot be done.")
    status = 422

    def __init__(self, **values: Any) -> None:
        self.values = values
        super().__init__(values)

    def __str__(self) -> str:
        return str(self.message % self.values if self.values else self.message)


class NotAllowed(DomainError):
    """The door is closed to this actor. Shown as 404 where existence is itself private."""

    message = _("You have no access to this.")
    status = 403
