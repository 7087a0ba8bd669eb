"""Typed values out of TOML tables; whatever is wrong is remembered with its path, and reading goes on."""

import difflib
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email, validate_slug
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sabaq.courses.editions.lines import Lines, Path
from sabaq.courses.editions.problems import Problem

LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
KEY_LENGTH = 80


class Problems:
    """All that was found so far, in one file."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.found: list[Problem] = []

    def add(self, path: Path, message: str | Promise, /, **values: Any) -> None:
        self.found.append(Problem(path, self.lines.of(path), message, values))


class Table:
    """One table of the file. A value that is missing or wrong is noted and stood in for.

    `is_sound` tells whether everything asked for so far was right; an unsound table is left out of the
    checks between tables, so that one mistake is reported once.
    """

    def __init__(self, data: dict[str, Any], path: Path, problems: Problems) -> None:
        self.data, self.path, self.problems = data, path, problems
        self.asked: set[str] = set()
        self.is_sound = True

    def wrong(self, key: str, message: str | Promise, /, **values: Any) -> None:
        self.is_sound = False
        self.problems.add((*self.path, key) if key else self.path, message, **values)

    def take(
        self, key: str, kind: type | tuple[type, ...], what: str | Promise, default: Any
    ) -> Any:
        """Give the value of `key` if it is of `kind`; `default=None` means that it must be there."""
        self.asked.add(key)
        if key not in self.data:
            if default is None:
                self.is_sound = False
                self.problems.add(self.path, _("“%(key)s” is missing."), key=key)
            return default
        value = self.data[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.wrong(key, _("This must be %(what)s."), what=what)
            return default
        return value

    def string(self, key: str, default: str | None = None) -> str:
        value: str = self.take(key, str, _("a text in quotation marks"), default) or ""
        if key in self.data and not value.strip() and isinstance(self.data[key], str):
            self.wrong(key, _("This must not be empty."))
        return value.strip()

    def slug(self, key: str, default: str | None = None) -> str:
        value = self.string(key, default)
        if value and (not _is_slug(value) or len(value) > KEY_LENGTH):
            self.wrong(
                key,
                _("Use only letters a-z, digits, “-” and “_”, at most %(most)s of them."),
                most=KEY_LENGTH,
            )
        return value

    def slugs(self, key: str, default: tuple[str, ...] | None = ()) -> tuple[str, ...]:
        """Give a list of keys without doubles."""
        values = self.take(key, list, _('a list, such as ["one", "two"]'), default) or ()
        for index, value in enumerate(values):
            path = (*self.path, key, index)
            if not isinstance(value, str) or not value:
                self.is_sound = False
                self.problems.add(
                    path, _("This must be %(what)s."), what=_("a text in quotation marks")
                )
            elif value in values[:index]:
                self.is_sound = False
                self.problems.add(path, _("“%(key)s” stands here twice."), key=value)
        return tuple(value for value in values if isinstance(value, str))

    def email(self, key: str) -> str:
        value = self.string(key)
        if value and not _is_email(value):
            self.wrong(key, _("“%(value)s” is not an e-mail address."), value=value)
        return value.lower()

    def integer(self, key: str, *, least: int, most: int, default: int | None = None) -> int:
        value = self.take(key, int, _("a whole number"), default)
        if value is None:
            return least
        if not least <= value <= most:
            self.wrong(
                key,
                _("This must be a number from %(least)s to %(most)s."),
                least=least,
                most=most,
            )
        return int(value)

    def boolean(self, key: str, *, default: bool) -> bool:
        return bool(self.take(key, bool, _("true or false"), default))

    def decimal(self, key: str, *, least: str, most: str) -> Decimal:
        value = self.take(key, (int, float), _("a number"), None)
        try:
            number = Decimal(str(value if value is not None else least))
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or not Decimal(least) <= number <= Decimal(most):
            self.wrong(
                key,
                _("This must be a number from %(least)s to %(most)s."),
                least=least,
                most=most,
            )
        return number

    def date(self, key: str) -> date:
        value = self.take(key, date, _("a date, such as 2027-02-04"), None)
        if isinstance(value, datetime):
            self.wrong(key, _("This must be %(what)s."), what=_("a date, such as 2027-02-04"))
            return date.min
        return value or date.min

    def moment(self, key: str, zone: ZoneInfo | None) -> datetime:
        """Read a local time of the course's zone and give it in UTC; `zone=None` when it is unknown."""
        value = self.take(key, datetime, _("a date and time, such as 2027-02-04T10:00:00"), None)
        if value is None:
            return LONG_AGO
        if value.tzinfo is not None:
            self.wrong(key, _("Write the time by the course's own clock, without a zone."))
            return LONG_AGO
        if zone is None:
            self.is_sound = False
            return LONG_AGO
        moment: datetime = value.replace(tzinfo=zone).astimezone(UTC)
        if moment.astimezone(zone).replace(tzinfo=None) != value:
            self.wrong(key, _("Clocks are put forward then: there is no such time."))
        return moment

    def moment_if_any(self, key: str, zone: ZoneInfo | None) -> datetime | None:
        """Read what `moment` reads, or give None where nothing is stated."""
        self.asked.add(key)
        return self.moment(key, zone) if key in self.data else None

    def choice(self, key: str, known: Iterable[str], default: str | None = None) -> str:
        value = self.string(key, default)
        choices = list(known)
        if value and value not in choices:
            self.wrong(
                key,
                _("“%(value)s” is none of: %(choices)s."),
                value=value,
                choices=", ".join(choices),
            )
        return value

    def choices(self, key: str, known: Iterable[str]) -> tuple[str, ...]:
        """Give a list with at least one of the `known` words."""
        allowed = list(known)
        values = self.slugs(key, None)
        if not values and self.data.get(key) == []:
            self.wrong(key, _("This must not be empty."))
        for index, value in enumerate(values):
            if value not in allowed:
                self.is_sound = False
                self.problems.add(
                    (*self.path, key, index),
                    _("“%(value)s” is none of: %(choices)s."),
                    value=value,
                    choices=", ".join(allowed),
                )
        return values

    def texts(self, key: str, languages: "Languages", *, required: bool = True) -> dict[str, str]:
        """Read a text per language, in every language that is needed."""
        example = _('texts by language, such as {en = "…", ru = "…"}')
        values = self.take(key, dict, example, None if required else {})
        if not values:
            if required and key in self.data and isinstance(self.data[key], dict):
                self.wrong(key, _("This must not be empty."))
            return {}
        table = Table(values, (*self.path, key), self.problems)
        read = {code: table.string(code) for code in values if code in languages.known}
        for code in languages.needed:
            if code not in values:
                table.wrong("", _("The text in “%(language)s” is missing."), language=code)
        table.refuse_unknown(languages.known)
        self.is_sound = self.is_sound and table.is_sound
        return read

    def table(self, key: str) -> "Table | None":
        """Give the table written [key], or None where there is none."""
        data = self.take(key, dict, _("a table, [%(key)s]") % {"key": key}, None)
        return None if data is None else Table(data, (*self.path, key), self.problems)

    def tables(self, key: str) -> list["Table"]:
        """Give the tables written [[key]]; none at all is allowed here."""
        rows = self.take(key, list, _("tables, each headed [[%(key)s]]") % {"key": key}, [])
        found = []
        for index, row in enumerate(rows):
            path = (*self.path, key, index)
            if isinstance(row, dict):
                found.append(Table(row, path, self.problems))
            else:
                self.problems.add(path, _("This must be a table headed [[%(key)s]]."), key=key)
        return found

    def end(self) -> bool:
        """Refuse the keys nobody asked for, and tell whether the table is sound."""
        self.refuse_unknown(self.asked)
        return self.is_sound

    def refuse_unknown(self, known: Iterable[str]) -> None:
        known = sorted(known)
        for key in self.data:
            if key in known:
                continue
            near = difflib.get_close_matches(key, known, n=1, cutoff=0.6)
            if near:
                self.wrong(
                    key,
                    _("“%(key)s” is not known here. Did you mean “%(near)s”?"),
                    key=key,
                    near=near[0],
                )
            else:
                self.wrong(
                    key,
                    _("“%(key)s” is not known here. Known are: %(known)s."),
                    key=key,
                    known=", ".join(known),
                )


class Languages:
    """Which languages a text may be in, and in which it must be."""

    def __init__(self, known: Iterable[str], needed: Iterable[str]) -> None:
        self.known, self.needed = tuple(known), tuple(needed)


def _is_slug(value: str) -> bool:
    try:
        validate_slug(value)
    except ValidationError:
        return False
    return True


def _is_email(value: str) -> bool:
    try:
        validate_email(value)
    except ValidationError:
        return False
    return True
