"""Scene five: survey, certificates, and everything that leaves the office."""

from pathlib import Path

from sabaq.ops.rehearsal.ledger import Officer
from sabaq.ops.rehearsal.play import Play, must
from sabaq.ops.rehearsal.reading import figures_in_workbook, figures_on_page
from sabaq.ops.rehearsal.wire import Unexpected

SURVEY = "/survey/closing/"
REPORT_ON_PAGE, REPORT_IN_WORKBOOK = "report page", "report.xlsx"


def answer_survey(play: Play, officer: Officer) -> None:
    browser = play.of(officer)
    page = browser.go(SURVEY)
    form = next(form for form in page.page.forms() if form.is_post and form.options)
    browser.submit(page, form, {n: play.rng.choice(values) for n, values in form.options.items()})
    officer.surveyed = True


def issue_certificates(play: Play) -> None:
    """Let the organiser issue what is earned, twice; then see who holds one."""
    for _ in range(2):
        page = play.organiser.go(f"{play.office}certificates/")
        forms = [form for form in page.page.forms() if form.action.endswith("/certificates/issue/")]
        if forms:
            play.organiser.submit(page, forms[0])
    for officer in play.ledger.participants:
        officer.certified = play.ledger.earned(officer)


def collect_certificates(play: Play, out: Path) -> None:
    """Let each participant open hers; keep one, and look its number up in public."""
    expected, reported, kept = {}, {}, False
    for number, officer in enumerate(play.ledger.officers):
        if not officer.registered:
            continue
        expected[str(number)] = int(officer.certified)
        answer = play.of(officer).get("/certificate.pdf")
        reported[str(number)] = int(answer.status == 200 and answer.body.startswith(b"%PDF"))
        if reported[str(number)] and not kept:
            kept = True
            (out / "certificate.pdf").write_bytes(answer.body)
            _check_number(play, officer, answer.headers.get("Content-Disposition", ""))
    play.compare("certificates", expected, reported)


def _check_number(play: Play, officer: Officer, disposition: str) -> None:
    """The public check knows the number, and does not tell the name."""
    number = disposition.partition("certificate-")[2].partition(".pdf")[0]
    page = must(play.of(officer).get(f"/check/{number}/"), 200)
    if number not in page.text or officer.latin_name in page.text:
        play.mismatches.append("the public check of a certificate shows too little or too much")
    made_up = must(play.of(officer).get("/check/2027-AAAA-0000/"), 200, 404)
    play.refusal(
        "a made-up certificate number", accepted=made_up.status == 200 and _is_valid(made_up.text)
    )


def _is_valid(text: str) -> bool:
    return "2027-AAAA-0000" in text and 'class="note success"' in text


def read_reports(play: Play, out: Path) -> None:
    """Compare the report page and the workbook with the book; keep workbook and PDF."""
    organiser, expected = play.organiser, play.ledger.figures()
    page = organiser.go(f"{play.office}report/").page
    play.compare(REPORT_ON_PAGE, expected, figures_on_page(page))
    workbook = must(organiser.get(f"{play.office}report.xlsx"), 200).body
    (out / "report.xlsx").write_bytes(workbook)
    play.compare(REPORT_IN_WORKBOOK, expected, figures_in_workbook(workbook))
    pdf = must(organiser.get(f"{play.office}report.pdf"), 200).body
    if not pdf.startswith(b"%PDF"):
        raise Unexpected("report.pdf is no PDF")
    (out / "report.pdf").write_bytes(pdf)


def write_articles(play: Play, out: Path) -> None:
    """Draft the article in both languages and take it away."""
    organiser = play.organiser
    for language in ("en", "ru"):
        page = organiser.go(f"{play.office}article/{language}/")
        organiser.submit(page, page.form(f"/article/{language}/draft/"))
        text = must(organiser.get(f"{play.office}article/{language}.md"), 200)
        (out / f"article.{language}.md").write_bytes(text.body)
