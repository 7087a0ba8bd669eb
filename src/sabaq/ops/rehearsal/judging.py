"""Reads everything that the server reports, from its pages and workbooks, and holds it against the book."""

import json
from collections import Counter
from pathlib import Path

from sabaq.ops.rehearsal import reading, testing
from sabaq.ops.rehearsal.ledger import Officer, different_minutes, different_texts
from sabaq.ops.rehearsal.pages import Node
from sabaq.ops.rehearsal.play import Play, must
from sabaq.ops.rehearsal.surveys import CLOSING, OPENING

REPORT_ON_PAGE, REPORT_IN_WORKBOOK = "report page", "report.xlsx"
# Of fewer nothing is shown of tests and surveys but how many took part.
FEW = 10


def judge(play: Play) -> None:
    """Compare every report with the book. What differs is named in the play's mismatches."""
    for compare in COMPARISONS:
        compare(play)


def compare_report(play: Play) -> None:
    """Compare the organiser's exact report, as its page shows it and as the workbook holds it."""
    expected = play.ledger.figures()
    page = play.organiser.go(f"{play.office}report/").page
    play.compare(REPORT_ON_PAGE, expected, reading.figures_on_page(page))
    workbook = must(play.organiser.get(f"{play.office}report.xlsx"), 200).body
    play.compare(REPORT_IN_WORKBOOK, expected, reading.figures_in_workbook(workbook))


def compare_own_data(play: Play) -> None:
    """Compare what each participant reads about herself."""
    expected: dict[str, str] = {}
    reported: dict[str, str] = {}
    for officer in _registered(play):
        page = play.of(officer).go("/me/").page
        form = next(form for form in page.forms() if form.fields.get("step") == "profile")
        expected |= _own(officer, officer.latin_name, officer.sex, officer.rank)
        reported |= _own(officer, *(form.fields.get(n, "") for n in ("latin_name", "sex", "rank_band")))  # fmt: skip
    play.mismatches += different_texts("own data", expected, reported)


def _own(officer: Officer, name: str, sex: str, rank: str) -> dict[str, str]:
    who = officer.latin_name
    return {f"{who}, name": name, f"{who}, sex": sex, f"{who}, rank": rank}


def compare_tests(play: Play) -> None:
    """Compare the score of everybody who handed in, and each answer as her own page shows it."""
    scores: dict[str, int] = {}
    answers: dict[str, str] = {}
    for officer in play.ledger.participants:
        for handed_in, phase, path in (
            (officer.handed_in_before, "before", testing.BEFORE),
            (officer.handed_in, "after", testing.AFTER),
        ):
            if handed_in:
                score, chosen = testing.result_of(play, officer, path)
                scores[f"{officer.latin_name}, {phase}"] = score
                answers |= {f"{officer.latin_name}, {phase}, {i}": o for i, o in chosen.items()}
    play.compare("tests", play.ledger.scores(), scores)
    play.mismatches += different_texts("answers", play.ledger.answers(), answers)


def compare_results(play: Play) -> None:
    """Compare how often each option was chosen; of fewer than ten pairs nothing may be shown."""
    page = play.staff(play.stage.staff_as("me-officer")).go(f"{play.office}results/").page
    reported = {
        f"{row.get('data-chosen')}.{row.get('data-option')}.{phase}": int(row.get(f"data-{phase}"))
        for row in page.having("data-chosen")
        for phase in ("before", "after")
    }
    pairs = sum(o.handed_in and o.handed_in_before for o in play.ledger.participants)
    expected = dict(play.ledger.item_counts()) if pairs >= FEW else {}
    play.compare("test results", expected, {key: n for key, n in reported.items() if n})


def compare_attendance(play: Play) -> None:
    """Compare everybody's minutes of each day, on the page and in the register."""
    for day in play.ledger.days:
        expected = {one.native_name: one.minutes.get(day, 0.0) for one in play.ledger.participants}
        page = play.organiser.go(f"{play.office}attendance/?day={day.isoformat()}").page
        where = f"attendance of {day.isoformat()}"
        play.mismatches += different_minutes(where, expected, reading.minutes_on_page(page))
        book = must(play.organiser.get(f"{play.office}register/{day.isoformat()}.xlsx"), 200).body
        where = f"register of {day.isoformat()}"
        play.mismatches += different_minutes(where, expected, reading.minutes_in_register(book))


def compare_certificates(play: Play) -> None:
    """Compare who holds a certificate by the organiser's list; keep the numbers."""
    page = play.organiser.go(f"{play.office}certificates/").page
    numbers = reading.certificates_on_page(page)
    expected = {one.native_name: int(one.certified) for one in play.ledger.participants}
    reported = {name: int(bool(number)) for name, number in numbers.items()}
    play.compare("certificates", expected, reported)
    for officer in play.ledger.participants:
        officer.certificate = numbers.get(officer.native_name, "")


def compare_surveys(play: Play) -> None:
    """Compare how many have answered each and, once ten have, how often each option was chosen."""
    page = play.organiser.go(f"{play.office}survey/").page
    sheets = {node.get("data-survey"): node for node in page.having("data-survey")}
    _compare_survey(play, "survey", CLOSING, sheets[CLOSING])
    _compare_survey(play, "survey before the course", OPENING, sheets[OPENING])


def _compare_survey(play: Play, name: str, survey: str, sheet: Node) -> None:
    # Whoever was replaced on the morning is asked no more, but her opinion stays: nobody knows which it is.
    count = sum(survey in officer.surveyed for officer in play.ledger.participants)
    opinions: Counter[str] = Counter()
    for question, given in play.ledger.opinions.get(survey, {}).items():
        if given.total() >= FEW:
            opinions.update({f"{question}.{option}": n for option, n in given.items()})
    reported = {
        f"{row.get('data-question')}.{row.get('data-option')}": int(row.get("data-count"))
        for row in sheet.having("data-count")
        if int(row.get("data-count"))
    }
    answered = {"answered": int(sheet.get("data-answered"))}
    play.compare(name, {"answered": count, **opinions}, {**answered, **reported})


def compare_logs(play: Play) -> None:
    """Compare the log of each class, as the organiser takes it away, event by event."""
    for key, identity in play.classes.items():
        if identity not in play.ledger.acts:
            continue
        text = must(play.organiser.get(f"{play.office}minutes/{identity}/log.jsonl"), 200).text
        events = [json.loads(line) for line in text.splitlines()]
        numbers = [event["seq"] for event in events]
        gaps = set(range(1, max(numbers, default=0) + 1)) - set(numbers)
        play.mismatches += [f"log of {key}: event {number} is missing" for number in sorted(gaps)]
        kinds = [event["kind"] for event in events if event["kind"] not in reading.COUNTS]
        wanted = [act.kind for act in play.ledger.log_of(identity)]
        play.mismatches += reading.different_logs(f"log of {key}", wanted, kinds)


def compare_texts(play: Play) -> None:
    """Look for every text in the minutes of its class: what stands is there, what was removed is not."""
    for key, identity in play.classes.items():
        if identity not in play.ledger.texts:
            continue
        text = play.organiser.go(f"{play.office}minutes/{identity}/").page.text
        for written in play.ledger.texts[identity]:
            if written.stands != (written.text in text):
                what = "is not in them" if written.stands else "still stands in them"
                play.mismatches.append(f"minutes of {key}: “{written.text}” {what}")


def collect(play: Play, out: Path) -> None:
    """Keep the report as PDF and workbook, and a certificate; open everybody's."""
    for name in ("report.pdf", "report.xlsx"):
        (out / name).write_bytes(must(play.organiser.get(f"{play.office}{name}"), 200).body)
    expected, reported = {}, {}
    for officer in _registered(play):
        answer = play.of(officer).get("/certificate.pdf")
        is_there = answer.status == 200 and answer.body.startswith(b"%PDF")
        expected[officer.latin_name] = int(officer.certified)
        reported[officer.latin_name] = int(is_there)
        if is_there:
            (out / "certificate.pdf").write_bytes(answer.body)
            _check_number(play, officer)
    play.compare("own certificates", expected, reported)


def _check_number(play: Play, officer: Officer) -> None:
    """The public check knows the number, and does not tell the name."""
    page = must(play.stranger("public").get(f"/check/{officer.certificate}/"), 200)
    states = [node.get("data-state") for node in page.page.having("data-state")]
    if states != ["valid"] or officer.latin_name in page.text:
        play.mismatches.append(
            f"the public check of certificate {officer.certificate} shows too little or too much"
        )


def _registered(play: Play) -> list[Officer]:
    return [officer for officer in play.ledger.participants if officer.registered]


COMPARISONS = (
    compare_report,
    compare_own_data,
    compare_tests,
    compare_results,
    compare_attendance,
    compare_certificates,
    compare_surveys,
    compare_logs,
    compare_texts,
)
