from datetime import date

from sabaq.ops.rehearsal.ledger import Ledger, Officer, differences

FIRST, SECOND = date(2027, 2, 4), date(2027, 2, 5)


def officer(**more: object) -> Officer:
    given = {"sex": "female", "rank": "senior", "country": "KZ", "agency_kind": "police"}
    return Officer("Имя", "Name", language="ru", email="", agency="kz-police", **{**given, **more})


def ledger(*officers: Officer) -> Ledger:
    return Ledger((FIRST, SECOND), 15, {"one": "a", "two": "b"}, list(officers))


def test_figures_count_each_indicator_by_sex_country_agency_and_rank():
    woman = officer(nominated=True, confirmed=True)
    man = officer(nominated=True, sex="male", rank="", country="UZ")

    figures = ledger(woman, man).figures()

    nominated = {key: count for key, count in figures.items() if key.startswith("nominated.")}
    assert nominated == {
        "nominated.total": 2,
        "nominated.women": 1,
        "nominated.sex.female": 1,
        "nominated.sex.male": 1,
        "nominated.country.KZ": 1,
        "nominated.country.KZ.women": 1,
        "nominated.country.UZ": 1,
        "nominated.agency-kind.police": 2,
        "nominated.agency-kind.police.women": 1,
        "nominated.rank-band.senior": 1,
        "nominated.rank-band.senior.women": 1,
        "nominated.rank-band.not-stated": 1,
    }


def test_an_indicator_of_nobody_is_told_as_nought():
    assert ledger(officer()).figures()["certified.total"] == 0


def test_a_certificate_is_earned_by_the_threshold_on_each_day():
    enough = officer(confirmed=True, minutes={FIRST: 15.0, SECOND: 20.0})
    too_little = officer(confirmed=True, minutes={FIRST: 60.0, SECOND: 14.9})

    book = ledger(enough, too_little)

    assert [book.earned(enough), book.earned(too_little)] == [True, False]
    assert book.attended(too_little) == [FIRST]
    assert book.figures()["attended.total"] == 2
    assert book.figures()["completed.total"] == 1


def test_scores_count_correct_answers_of_those_who_handed_in():
    half = officer(answers={"one": "a", "two": "c"}, handed_in=True)
    never_handed_in = officer(answers={"one": "a", "two": "b"})

    assert ledger(half, never_handed_in).scores() == {"0 after": 1}


def test_a_poll_counts_the_last_vote_of_each():
    book = ledger(officer(confirmed=True, vote="yes"), officer(confirmed=True))
    book.poll_options = ["yes", "no"]

    assert book.poll() == {"yes": 1, "no": 0}


def test_differences_name_every_cell_that_is_not_what_was_done():
    found = differences("page", {"a": 1, "b": 2, "c": 0}, {"a": 1, "b": 3, "d": 4})

    assert found == ["page: b should be 2, and is 3", "page: d should be 0, and is 4"]
