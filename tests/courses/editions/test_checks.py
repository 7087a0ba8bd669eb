from datetime import UTC, datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from sabaq.courses.editions.problems import EditionFileRefused
from tests.courses.editions.sample import SAMPLE, changed, line_of, plan_of, problems_of


def test_a_sound_file_makes_a_plan_with_moments_in_utc():
    plan = plan_of()

    assert plan.head.slug == "pilot"
    assert plan.head.women_aim == 50
    assert plan.call.opens_at == datetime(2026, 12, 1, 4, 0, tzinfo=UTC)
    assert [(row.key, row.starts_at) for row in plan.sessions] == [
        ("screening", datetime(2027, 2, 4, 5, 0, tzinfo=UTC)),
        ("closing", datetime(2027, 2, 5, 5, 0, tzinfo=UTC)),
    ]


def test_comments_and_the_order_of_keys_do_not_change_the_digest():
    reordered = changed(
        'slug = "pilot"\npack = "course"', 'pack = "course" # a note\nslug = "pilot"'
    )

    assert plan_of(reordered).digest == plan_of().digest
    assert plan_of(changed("seats = 20", "seats = 21")).digest != plan_of().digest


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        ('slug = "pilot"\n', "", "[edition]", "edition: “slug” is missing."),
        (
            'slug = "pilot"',
            'slug = "Pilot 1"',
            "slug =",
            "edition.slug: Use only letters a-z, digits, “-” and “_”, at most 80 of them.",
        ),
        (
            'slug = "pilot"',
            'slug = "programmes"',
            "slug =",
            "edition.slug: “programmes” is the address of another page.",
        ),
        ("seats = 20", 'seats = "20"', "seats =", "edition.seats: This must be a whole number."),
        ("seats = 20", "seats = true", "seats =", "edition.seats: This must be a whole number."),
        (
            "seats = 20",
            "seats = 0",
            "seats =",
            "edition.seats: This must be a number from 1 to 100000.",
        ),
        (
            "seats = 20",
            "seats = 19",
            "seats =",
            "edition.seats: The countries have 20 seats together, more than the edition's 19.",
        ),
        (
            "seats = 20",
            "seats = 20\noverboking = 2",
            "overboking",
            "edition.overboking: “overboking” is not known here. Did you mean “overbooking”?",
        ),
        (
            '"Asia/Tashkent"',
            '"Asia/Tashkentt"',
            "zone =",
            "edition.zone: “Asia/Tashkentt” is not a time zone; write one such as “Asia/Tashkent”.",
        ),
        (
            "ends_on = 2027-02-05",
            "ends_on = 2027-02-03",
            "ends_on =",
            "edition.ends_on: The course ends before it starts.",
        ),
        (
            "hours = 4",
            "hours = nan",
            "hours =",
            "edition.hours: This must be a number from 0.5 to 999.",
        ),
        (
            "attendance_minutes = 60",
            "attendance_minutes = 61",
            "attendance_minutes =",
            (
                "edition.attendance_minutes: On 2027-02-04 only 60 minutes are taught: nobody could"
                " attend that long."
            ),
        ),
        (
            'projects = ["imt"]',
            'projects = [\n  "imt",\n  "blo",\n]',
            '"blo"',
            "edition.projects[2]: No [[projects]] of this file is called “blo”.",
        ),
        (
            'title = { en = "Pilot", ru = "Пробный курс" }',
            'title = { en = "Pilot" }',
            "title =",
            "edition.title: The text in “ru” is missing.",
        ),
        (
            'title = { en = "Pilot", ru = "Пробный курс" }',
            'title = { en = "Pilot", ru = "Пробный курс", rus = "x" }',
            "title =",
            "edition.title.rus: “rus” is not known here. Did you mean “ru”?",
        ),
        (
            "course@office.example",
            "course at office",
            "course at",
            "contact.email: “course at office” is not an e-mail address.",
        ),
        (
            "closes_at = 2027-01-15T18:00:00",
            "closes_at = 2026-11-15T18:00:00",
            "closes_at",
            "call.closes_at: The call closes before it opens.",
        ),
        (
            "closes_at = 2027-01-15T18:00:00",
            "closes_at = 2027-02-15T18:00:00",
            "closes_at",
            "call.closes_at: The call closes after the course has begun.",
        ),
        (
            "closes_at = 2027-01-15T18:00:00",
            "closes_at = 2027-01-15T18:00:00Z",
            "closes_at",
            "call.closes_at: Write the time by the course's own clock, without a zone.",
        ),
        (
            'key = "region"',
            'key = "region"\nparent = "sub"',
            'parent = "region"',
            "programmes[1].parent: A programme cannot stand above itself.",
        ),
        (
            'country = "KZ"\nkind',
            'country = "UZ"\nkind',
            'country = "UZ"',
            "agencies[1].country: No [[countries]] of this file is called “UZ”.",
        ),
        (
            'country = "KZ"\nkind',
            'country = "KX"\nkind',
            'country = "KX"',
            "agencies[1].country: “KX” is none of: KZ, KG, TJ, TM, UZ.",
        ),
        (
            'topic = "screening"',
            'topic = "screaming"',
            "topic =",
            "sessions[1].topic: The pack has no topic “screaming”. It has: screening, parity.",
        ),
        (
            'topic = "screening"\n',
            "",
            "[[sessions]]",
            "sessions[1]: A lesson needs a “topic” of the pack.",
        ),
        (
            "starts_at = 2027-02-04T10:00:00",
            "starts_at = 2027-02-03T10:00:00",
            "starts_at",
            "sessions[1].starts_at: The session lies outside the course, 2027-02-04 to 2027-02-05.",
        ),
        (
            "ends_at = 2027-02-05T11:30:00",
            "ends_at = 2027-02-05T09:00:00",
            "ends_at = 2027-02-05",
            "sessions[2].ends_at: The session ends before it starts.",
        ),
        (
            'contributors = ["trainer"]',
            'contributors = ["trainerr"]',
            "contributors =",
            "sessions[1].contributors[1]: No [[contributors]] of this file is called “trainerr”.",
        ),
        (
            'statement = { en = "Listen first.", ru = "Сначала выслушайте." }',
            'statement = { en = "Listen first." }',
            "statement =",
            "contributors[1].statement: The text in “ru” is missing.",
        ),
        (
            'email = "focal@agency.example"',
            'email = "Organiser@office.example"',
            "Organiser@",
            "staff[2].email: “Organiser@office.example” stands here twice.",
        ),
        (
            'agencies = ["kz-border"]\n',
            "",
            'email = "focal@agency.example"',
            "staff[2]: A focal point needs either “agencies” or a “country”, not both.",
        ),
        (
            'roles = ["organiser"]',
            'roles = ["organiser"]\ncountry = "KZ"',
            'country = "KZ"\n\n[[staff]]',
            "staff[1].country: Only a focal point is bound to agencies or a country.",
        ),
        (
            'roles = ["trainer"]',
            'roles = ["trainer", "administrator"]',
            'roles = ["trainer", ',
            (
                "staff[3].roles[2]: “administrator” is none of: organiser, host, focal-point, trainer,"
                " interpreter, me-officer, donor-observer,"
                " communication, representative."
            ),
        ),
        (
            'roles = ["trainer"]',
            'roles = ["interpreter"]',
            'contributor = "trainer"',
            "staff[3].contributor: “trainer” is listed as trainer, which does not fit this role.",
        ),
        (
            "format = 1",
            "format = 2",
            "format",
            "format: This file is of format 2; format 1 is understood.",
        ),
    ],
)
def test_a_mistake_is_named_once_with_its_line_and_key(old, new, place, said):
    text = changed(old, new)

    problems = problems_of(text)

    line = line_of(text, place)
    if said.startswith("staff[2]: "):
        line -= 1  # a missing key is told by the head of its table
    assert problems == [f"line {line}, {said}"]


def test_a_file_that_is_not_toml_says_where():
    text = changed("seats = 20", "seats = = 20")

    assert problems_of(text) == [
        f"line {line_of(text, 'seats =')}: This is not valid TOML: Invalid value."
    ]


def test_a_missing_table_is_said_once():
    start = SAMPLE.index("[notice]")
    text = SAMPLE[:start] + SAMPLE[SAMPLE.index("[call]") :]

    assert problems_of(text) == ["line 1: “notice” is missing."]


def test_a_trainer_cannot_be_in_two_sessions_at_once():
    text = changed(
        '[[staff]]\nemail = "organiser',
        """[[sessions]]
key = "parallel"
kind = "practice"
title = { en = "Parallel", ru = "Параллельно" }
starts_at = 2027-02-04T10:59:00
ends_at = 2027-02-04T11:30:00
contributors = ["trainer"]

[[staff]]
email = "organiser""",
    )

    line = line_of(text, 'key = "parallel"') + 5
    assert problems_of(text) == [
        (
            f"line {line}, sessions[3].contributors[1]: “trainer” is already in the session “screening”"
            " at that time."
        )
    ]


def test_a_trial_run_may_come_before_the_course():
    text = changed(
        '[[staff]]\nemail = "organiser',
        """[[sessions]]
key = "trial"
kind = "trial"
title = { en = "Trial run", ru = "Пробное подключение" }
starts_at = 2027-01-28T10:00:00
ends_at = 2027-01-28T10:30:00

[[staff]]
email = "organiser""",
    )

    assert problems_of(text) == []


def test_an_hour_that_the_clocks_skip_is_refused():
    text = SAMPLE.replace("Asia/Tashkent", "Europe/Vienna").replace(
        "closes_at = 2027-01-15T18:00:00", "closes_at = 2026-12-15T18:00:00"
    )
    text = text.replace("opens_at = 2026-12-01T09:00:00", "opens_at = 2026-03-29T02:30:00")

    assert problems_of(text) == [
        "line 28, call.opens_at: Clocks are put forward then: there is no such time."
    ]


def test_all_mistakes_are_told_in_one_run_in_the_order_of_the_file():
    text = changed('slug = "pilot"', 'slug = ""')
    text = changed("seats = 12", "seats = -1", text=text)
    text = changed('topic = "screening"', 'topic = "none"', text=text)
    text = changed("trainer@expert.example", "nobody", text=text)

    assert [problem.split(":")[0] for problem in problems_of(text)] == [
        "line 4, edition.slug",
        f"line {line_of(text, 'seats = -1')}, countries[1].seats",
        f"line {line_of(text, 'topic =')}, sessions[1].topic",
        f"line {line_of(text, 'nobody')}, staff[3].email",
    ]


def test_the_refusal_says_first_that_nothing_was_loaded():
    with pytest.raises(EditionFileRefused) as refused, translation.override("en"):
        plan_of(changed("seats = 20", "seats = 1.5"))

    assert str(refused.value) == (
        "Nothing was loaded. 1 thing in the file needs to be mended:\n"
        "  line 12, edition.seats: This must be a whole number."
    )


LINES = SAMPLE.splitlines(keepends=True)


@given(st.sets(st.integers(0, len(LINES) - 1), max_size=6))
def test_a_file_with_any_lines_lost_is_refused_or_read_but_never_breaks(lost):
    text = "".join(line for number, line in enumerate(LINES) if number not in lost)

    problems = problems_of(text)

    assert len(problems) == len(set(problems))


JUNK = st.sampled_from(["1", "true", '""', "[]", "{}", "2027-02-04", '["x"]', "[1]", '"x"', "-1.5"])


@given(st.integers(0, len(LINES) - 1), JUNK)
def test_a_file_with_any_value_replaced_is_refused_or_read_but_never_breaks(number, junk):
    lines = list(LINES)
    key, equals, _value = lines[number].partition(" = ")
    if equals:
        lines[number] = f"{key} = {junk}\n"

    for problem in problems_of("".join(lines)):
        assert problem.startswith("line ")
