"""Act six: the certificates, one of them issued again under a corrected name."""

from datetime import timedelta

from sabaq.ops.rehearsal.pages import Form
from sabaq.ops.rehearsal.play import Play, must

ISSUED_AFTER = timedelta(hours=3)
# When the test after the course is closed for everybody; the survey is then closed by hand.
DAYS_LATER = timedelta(days=9)


def issue_certificates(play: Play) -> None:
    """Let the organiser issue what is earned, twice; then see who holds one."""
    play.clock.set(play.moment("closing", after=ISSUED_AFTER))
    for _ in range(2):
        page = play.organiser.go(f"{play.office}certificates/")
        forms = [form for form in page.page.forms() if form.action.endswith("/certificates/issue/")]
        if forms:
            play.organiser.submit(page, forms[0])
    for officer in play.ledger.participants:
        officer.certified = play.ledger.earned(officer)


def reissue_one(play: Play) -> None:
    """Correct the spelling of a name: a new number is valid, and the old one says that it was replaced."""
    officer = next(one for one in play.ledger.participants if one.certified)
    page = play.organiser.go(f"{play.office}certificates/")
    row = next(row for row in page.page.all("tr") if officer.native_name in row.names())
    again = next(link for link in row.links() if link.endswith("/again/"))
    old = again.split("/")[-3]
    page = play.organiser.go(again)
    corrected = f"{officer.latin_name}-Example"
    form = _form_with(page.page.forms(), "latin_name")
    play.organiser.submit(page, form, {"latin_name": corrected, "reason": "As in the passport"})
    officer.latin_name = corrected
    public = play.stranger("public")
    checked = must(public.get(f"/check/{old}/"), 200).page.having("data-state")
    states = [node.get("data-state") for node in checked]
    play.refusal("a certificate that was replaced", accepted=states != ["replaced"])
    made_up = must(public.get("/check/2027-AAAA-0000/"), 200, 404)
    play.refusal("a made-up certificate number", accepted=bool(made_up.page.having("data-state")))


def _form_with(forms: list[Form], name: str) -> Form:
    return next(form for form in forms if name in form.fields)
