"""A small whole edition file, and what is wrong with a changed one."""

from sabaq.courses.editions.checks import check, check_tests, check_topics
from sabaq.courses.editions.parsing import read_draft, whole
from sabaq.courses.editions.plan import EditionPlan
from sabaq.courses.editions.problems import EditionFileRefused

TOPICS = ["screening", "parity"]
TESTS = {"knowledge": True, "entrance": False}

SAMPLE = """\
format = 1

[edition]
slug = "pilot"
pack = "course"
version = "1"
title = { en = "Pilot", ru = "Пробный курс" }
starts_on = 2027-02-04
ends_on = 2027-02-05
zone = "Asia/Tashkent"
languages = ["en", "ru"]
seats = 20
hours = 4
attendance_minutes = 60
projects = ["imt"]

[contact]
name = { en = "N. A.", ru = "Н. А." }
function = { en = "Programme officer", ru = "Сотрудник по программам" }
office = { en = "Regional office", ru = "Региональное представительство" }
email = "course@office.example"

[notice]
version = 1
text = { en = "We keep little.", ru = "Мы храним мало." }

[call]
opens_at = 2026-12-01T09:00:00
closes_at = 2027-01-15T18:00:00

[[tests]]
key = "knowledge"
forms = true
before_closes_at = 2027-02-04T12:00:00

[[donors]]
key = "donor"
name = { en = "Donor", ru = "Донор" }

[[programmes]]
key = "sub"
name = { en = "Sub-programme", ru = "Подпрограмма" }
parent = "region"

[[programmes]]
key = "region"
name = { en = "Programme", ru = "Программа" }

[[projects]]
code = "imt"
name = { en = "Mobile teams", ru = "Мобильные группы" }
programme = "sub"
donor = "donor"

[[countries]]
code = "KZ"
seats = 12

[[countries]]
code = "KG"
seats = 8

[[agencies]]
key = "kz-border"
name = { en = "Border service", ru = "Пограничная служба" }
country = "KZ"
kind = "border"

[[support]]
country = "KZ"
text = { en = "Ask the office.", ru = "Спросите в представительстве." }

[[support]]
country = "KG"
text = { en = "Ask the office.", ru = "Спросите в представительстве." }

[[contributors]]
key = "trainer"
kind = "trainer"
name = { en = "Dilnoza Example", ru = "Дильноза Пример" }
function = { en = "Gender expert", ru = "Эксперт" }
statement = { en = "Listen first.", ru = "Сначала выслушайте." }

[[sessions]]
key = "screening"
kind = "teaching"
topic = "screening"
title = { en = "Screening", ru = "Проверка" }
starts_at = 2027-02-04T10:00:00
ends_at = 2027-02-04T11:00:00
contributors = ["trainer"]

[[sessions]]
key = "closing"
kind = "closing"
title = { en = "Closing", ru = "Закрытие" }
starts_at = 2027-02-05T10:00:00
ends_at = 2027-02-05T11:30:00

[[staff]]
email = "organiser@office.example"
name = "Anora Organiser"
roles = ["organiser"]

[[staff]]
email = "focal@agency.example"
name = "Saule Focal"
language = "ru"
roles = ["focal-point"]
agencies = ["kz-border"]

[[staff]]
email = "trainer@expert.example"
name = "Dilnoza Example"
roles = ["trainer"]
contributor = "trainer"
"""


def changed(old: str, new: str, *, text: str = SAMPLE) -> str:
    """Give the sample with the one place `old` replaced."""
    assert text.count(old) == 1, f"{old!r} stands in the sample {text.count(old)} times"
    return text.replace(old, new)


def plan_of(text: str = SAMPLE) -> EditionPlan:
    draft = read_draft(text, interface=["en", "ru"])
    check(draft)
    check_topics(draft, TOPICS)
    check_tests(draft, TESTS)
    return whole(draft)


def problems_of(text: str) -> list[str]:
    try:
        plan_of(text)
    except EditionFileRefused as refused:
        return [str(problem) for problem in refused.problems]
    return []


def line_of(text: str, piece: str) -> int:
    """Give the line of the first place of `piece`."""
    return text[: text.index(piece)].count("\n") + 1
