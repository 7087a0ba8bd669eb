"""From the text of an edition file to a checked plan. The format: docs/author/edition-format.md."""

import re
import tomllib
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from sabaq.courses.editions import plan as plans
from sabaq.courses.editions.lines import lines_of
from sabaq.courses.editions.problems import EditionFileRefused, Problem
from sabaq.courses.editions.reading import Languages, Problems, Table
from sabaq.courses.enums import ContributorKind, SessionKind
from sabaq.people.enums import AgencyKind, Country, Language, Role

APPOINTED = (
    Role.ORGANISER,
    Role.HOST,
    Role.FOCAL_POINT,
    Role.TRAINER,
    Role.INTERPRETER,
    Role.EVALUATOR,
    Role.OBSERVER,
    Role.COMMUNICATION,
    Role.REPRESENTATIVE,
)
FORMAT = 1
TAKEN_SLUGS = ("programmes", "packs", "reports")  # addresses beside those of editions
Row = TypeVar("Row")


@dataclass
class Draft:
    """What could be read, sound rows only; `named` are all keys the file declares, sound or not."""

    problems: Problems
    zone: ZoneInfo | None = None
    head: plans.Head | None = None
    contact: plans.Contact | None = None
    notice: plans.Notice | None = None
    classes: plans.Classes = field(default_factory=plans.Classes)
    call: plans.CallPlan | None = None
    rows: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    named: dict[str, set[str]] = field(default_factory=dict)


def read_draft(text: str, *, interface: Collection[str]) -> Draft:
    """Read the file's text; `interface` are the languages of the product, whose texts are needed.

    Raises `EditionFileRefused` where the text is not TOML at all.
    """
    data = _toml(text)
    draft = Draft(Problems(lines_of(text)))
    root = Table(data, (), draft.problems)
    _read_format(root)
    edition = root.table("edition")
    languages = _languages(edition, interface)
    if edition is not None:
        draft.zone = _zone(edition)
        draft.head = _head(edition, languages)
    draft.contact = _single(root, "contact", lambda table: _contact(table, languages))
    draft.notice = _single(root, "notice", lambda table: _notice(table, languages))
    if "class" in root.data:
        draft.classes = _single(root, "class", _classes) or draft.classes
    draft.call = _single(root, "call", lambda table: _call(table, languages, draft.zone))
    for name, key, read in _ROWS:
        _read_rows(root, draft, name, key, partial(read, languages=languages, draft=draft))
    root.end()
    return draft


def _toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        detail = re.sub(r" \(at .*\)$", "", str(error))
        message = _("This is not valid TOML: %(detail)s.")
        raise EditionFileRefused([Problem((), line, message, {"detail": detail})]) from error


def _read_format(root: Table) -> None:
    found = root.integer("format", least=1, most=999)
    if root.is_sound and found != FORMAT:
        root.wrong(
            "format", _("This file is of format %(found)s; format 1 is understood."), found=found
        )


def _languages(edition: Table | None, interface: Collection[str]) -> Languages:
    taught = edition.data.get("languages", []) if edition else []
    taught = taught if isinstance(taught, list) else []
    needed = [code for code in interface if code in taught] or list(interface)[:1]
    return Languages(Language.values, needed)


def _zone(edition: Table) -> ZoneInfo | None:
    name = edition.string("zone")
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        edition.wrong(
            "zone",
            _("“%(zone)s” is not a time zone; write one such as “Asia/Tashkent”."),
            zone=name,
        )
        return None


def _head(table: Table, languages: Languages) -> plans.Head | None:
    head = plans.Head(
        slug=table.slug("slug"),
        pack=table.slug("pack"),
        version=table.string("version"),
        title=table.texts("title", languages),
        starts_on=table.date("starts_on"),
        ends_on=table.date("ends_on"),
        zone=table.data.get("zone", ""),
        languages=table.choices("languages", Language.values),
        seats=table.integer("seats", least=1, most=100_000),
        overbooking=table.integer("overbooking", least=0, most=10_000, default=0),
        women_aim=table.integer("women_aim", least=0, most=100, default=50),
        hours=table.decimal("hours", least="0.5", most="999"),
        attendance_minutes=table.integer("attendance_minutes", least=1, most=1440, default=120),
        projects=table.slugs("projects", None),
    )
    if head.slug in TAKEN_SLUGS:
        table.wrong("slug", _("“%(slug)s” is the address of another page."), slug=head.slug)
    return head if table.end() else None


def _single(root: Table, key: str, read: Callable[[Table], Row]) -> Row | None:
    table = root.table(key)
    if table is None:
        return None
    row = read(table)
    return row if table.end() else None


def _contact(table: Table, languages: Languages) -> plans.Contact:
    return plans.Contact(
        name=table.texts("name", languages),
        function=table.texts("function", languages),
        office=table.texts("office", languages),
        email=table.email("email"),
    )


def _notice(table: Table, languages: Languages) -> plans.Notice:
    return plans.Notice(
        version=table.integer("version", least=1, most=9_999),
        text=table.texts("text", languages),
    )


def _classes(table: Table) -> plans.Classes:
    return plans.Classes(is_named=table.boolean("named", default=True))


def _call(table: Table, languages: Languages, zone: ZoneInfo | None) -> plans.CallPlan:
    return plans.CallPlan(
        opens_at=table.moment("opens_at", zone),
        closes_at=table.moment("closes_at", zone),
        text=table.texts("text", languages, required=False),
    )


def _read_rows(
    root: Table, draft: Draft, name: str, key: str, read: Callable[[Table], Any]
) -> None:
    """Read the tables [[name]]; the same key twice is a mistake of the second."""
    rows, named = [], draft.named.setdefault(name, set())
    for table in root.tables(name):
        own = table.data.get(key)
        if isinstance(own, str):
            own = own.strip().casefold()
            if own in named:
                table.wrong(key, _("“%(key)s” stands here twice."), key=table.data[key])
            named.add(own)
        row = read(table)
        if table.end():
            rows.append(row)
    draft.rows[name] = tuple(rows)


def _place(table: Table) -> int:
    return int(table.path[-1])


def _donor(table: Table, languages: Languages, draft: Draft) -> plans.DonorPlan:
    return plans.DonorPlan(
        key=table.slug("key"), name=table.texts("name", languages), place=_place(table)
    )


def _programme(table: Table, languages: Languages, draft: Draft) -> plans.ProgrammePlan:
    return plans.ProgrammePlan(
        key=table.slug("key"),
        name=table.texts("name", languages),
        parent=table.slug("parent", ""),
        place=_place(table),
    )


def _project(table: Table, languages: Languages, draft: Draft) -> plans.ProjectPlan:
    return plans.ProjectPlan(
        key=table.slug("code"),
        name=table.texts("name", languages),
        programme=table.slug("programme"),
        donor=table.slug("donor"),
        place=_place(table),
    )


def _country(table: Table, languages: Languages, draft: Draft) -> plans.CountryPlan:
    return plans.CountryPlan(
        key=table.choice("code", Country.values),
        seats=table.integer("seats", least=0, most=100_000),
        place=_place(table),
    )


def _agency(table: Table, languages: Languages, draft: Draft) -> plans.AgencyPlan:
    return plans.AgencyPlan(
        key=table.slug("key"),
        name=table.texts("name", languages),
        country=table.choice("country", Country.values),
        kind=table.choice("kind", AgencyKind.values),
        place=_place(table),
    )


def _support(table: Table, languages: Languages, draft: Draft) -> plans.SupportPlan:
    return plans.SupportPlan(
        key=table.choice("country", Country.values),
        text=table.texts("text", languages),
        place=_place(table),
    )


def _contributor(table: Table, languages: Languages, draft: Draft) -> plans.ContributorPlan:
    return plans.ContributorPlan(
        key=table.slug("key"),
        kind=table.choice("kind", ContributorKind.values),
        name=table.texts("name", languages),
        function=table.texts("function", languages),
        statement=table.texts("statement", languages, required=False),
        place=_place(table),
    )


def _session(table: Table, languages: Languages, draft: Draft) -> plans.SessionPlan:
    return plans.SessionPlan(
        key=table.slug("key"),
        kind=table.choice("kind", SessionKind.values),
        title=table.texts("title", languages),
        topic=table.slug("topic", ""),
        starts_at=table.moment("starts_at", draft.zone),
        ends_at=table.moment("ends_at", draft.zone),
        contributors=table.slugs("contributors"),
        place=_place(table),
    )


def _test(table: Table, languages: Languages, draft: Draft) -> plans.TestPlan:
    def window(phase: str) -> tuple[datetime | None, datetime | None]:
        opens_at = table.moment_if_any(f"{phase}_opens_at", draft.zone)
        return opens_at, table.moment_if_any(f"{phase}_closes_at", draft.zone)

    return plans.TestPlan(
        key=table.slug("key"),
        forms=table.boolean("forms", default=False),
        before=window("before"),
        after=window("after"),
        place=_place(table),
    )


def _staff(table: Table, languages: Languages, draft: Draft) -> plans.StaffPlan:
    return plans.StaffPlan(
        key=table.email("email"),
        name=table.string("name"),
        language=table.choice("language", Language.values, default="en"),
        roles=table.choices("roles", [role.value for role in APPOINTED]),
        agencies=table.slugs("agencies"),
        country=table.choice("country", Country.values, default=""),
        contributor=table.slug("contributor", ""),
        place=_place(table),
    )


_ROWS: tuple[tuple[str, str, Callable[..., Any]], ...] = (
    ("donors", "key", _donor),
    ("programmes", "key", _programme),
    ("projects", "code", _project),
    ("countries", "code", _country),
    ("agencies", "key", _agency),
    ("support", "country", _support),
    ("contributors", "key", _contributor),
    ("sessions", "key", _session),
    ("tests", "key", _test),
    ("staff", "email", _staff),
)


def whole(draft: Draft) -> plans.EditionPlan:
    """Give the plan of a draft without problems; raises `EditionFileRefused` with all of them."""
    head, contact, notice, call = draft.head, draft.contact, draft.notice, draft.call
    if draft.problems.found:
        raise EditionFileRefused(draft.problems.found)
    if head is None or contact is None or notice is None or call is None:
        raise AssertionError("a part that is missing is a problem")
    return plans.EditionPlan(
        head=head,
        contact=contact,
        notice=notice,
        classes=draft.classes,
        call=call,
        lines=draft.problems.lines,
        **draft.rows,
    )
