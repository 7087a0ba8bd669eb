import pytest

from sabaq.ops.rehearsal.following import Seen
from sabaq.ops.rehearsal.pages import read_page
from sabaq.ops.rehearsal.reading import (
    certificates_on_page,
    different_logs,
    figures_on_page,
    minutes_on_page,
)


def test_a_form_sends_what_it_holds():
    page = read_page(
        '<form method="post" action="/go/"><input type="hidden" name="write_id" value="1">'
        '<input name="name" value="A &amp; B"><input type="radio" name="sex" value="female">'
        '<input type="radio" name="sex" value="male" checked><select name="rank"><option value="">'
        '<option value="senior" selected>Senior</option></select>'
        '<textarea name="more">\ntwo\nlines</textarea><button name="act" value="save">Go</button></form>'
    )

    form = page.forms()[0]

    assert form.action == "/go/"
    assert form.fields == {
        "write_id": "1",
        "name": "A & B",
        "sex": "male",
        "rank": "senior",
        "more": "two\nlines",
    }
    assert form.options == {"sex": ["female", "male"], "rank": ["", "senior"]}
    assert form.buttons == [("act", "save")]


def test_the_report_page_is_read_by_its_data_attributes():
    page = read_page(
        '<table id="by-sex"><tr data-indicator="confirmed"><td data-key="total" data-value="3">3</td>'
        '<td><ul><li data-key="female" data-value="2">Women: 2</li></ul></td>'
        '<td data-key="women" data-value="2"></td></tr></table>'
        '<table data-by="country"><tr><td data-indicator="confirmed" data-key="KZ" data-value="3" '
        'data-women="2">3</td><td data-indicator="certified" data-key="KZ" data-value="0">0</td></tr></table>'
    )

    assert figures_on_page(page) == {
        "confirmed.total": 3,
        "confirmed.women": 2,
        "confirmed.sex.female": 2,
        "confirmed.country.KZ": 3,
        "confirmed.country.KZ.women": 2,
    }


@pytest.mark.parametrize(("prev", "missing"), [(1, 0), (2, 1)])
def test_a_break_in_the_chain_of_an_audience_is_counted(prev: int, missing: int):
    seen = Seen()
    seen.take({"seq": 1, "prev": 0, "kind": "ClassBegan"})

    seen.take({"seq": 4, "prev": prev, "kind": "SlideShown"})
    seen.take({"seq": 4, "prev": prev, "kind": "SlideShown"})

    assert seen.missing == missing
    assert seen.kinds() == ["ClassBegan", "SlideShown"]


def test_minutes_of_the_day_are_read_from_the_last_column_of_numbers():
    page = read_page(
        '<table id="people"><tr><th>Name</th></tr><tr><th><bdi>A</bdi></th><td class="n">4</td>'
        '<td class="n">8</td><td class="n"><b>12</b></td><td>attended</td></tr></table>'
    )

    assert minutes_on_page(page) == {"A": 12.0}


def test_a_certificate_is_read_by_its_number_and_who_has_none_is_there_too():
    page = read_page(
        '<table class="stack"><tr><th><bdi>A</bdi></th><td><a href="/x/2027-A.pdf">2027-A</a></td></tr>'
        "<tr><th><bdi>B</bdi></th><td>not earned yet</td></tr></table>"
    )

    assert certificates_on_page(page) == {"A": "2027-A", "B": ""}


def test_an_event_too_many_and_one_too_few_are_named_by_their_place():
    expected = ["ClassBegan", "SlideShown", "HandRaised", "ClassEnded"]
    reported = ["ClassBegan", "HandRaised", "ClassEnded", "ClassEnded"]

    assert different_logs("log", expected, reported) == [
        "log: SlideShown (act 2) is missing",
        "log: ClassEnded (line 4) should not be there",
    ]
