from datetime import date

from sabaq.ops.rehearsal.ledger import (
    STAFF,
    Ledger,
    Officer,
    differences,
    different_minutes,
    different_texts,
)

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
    half = officer(confirmed=True, answers={"one": "a", "two": "c"}, handed_in=True)
    never_handed_in = officer(confirmed=True, answers={"one": "a", "two": "b"}, number=1)
    without_a_seat = officer(answers={"one": "a", "two": "b"}, handed_in=True, number=2)

    book = ledger(half, never_handed_in, without_a_seat)

    assert book.scores() == {"Name, after": 1}
    assert book.answers() == {"Name, after, one": "a", "Name, after, two": "c"}


def test_options_are_counted_of_those_who_handed_in_both_times():
    both = officer(
        confirmed=True,
        answers={"one": "a"},
        handed_in=True,
        answers_before={"one": "b"},
        handed_in_before=True,
    )
    once = officer(confirmed=True, answers={"one": "a"}, handed_in=True, number=1)

    assert ledger(both, once).item_counts() == {"one.a.after": 1, "one.b.before": 1}


def test_a_poll_counts_the_last_vote_of_each():
    book = ledger(officer(confirmed=True), officer(confirmed=True, number=1))
    book.poll_options = {"who-stays": ["yes", "no"]}
    book.votes = {"who-stays": {0: "yes"}}

    assert book.poll("who-stays") == {"yes": 1, "no": 0}


def test_an_act_is_for_everybody_for_staff_or_for_one():
    book, woman, man = ledger(), officer(number=4), officer(number=5)
    book.posted("class", "ClassBegan")
    book.posted("class", "QuestionAsked", to=STAFF)
    book.posted("class", "HandRaised", to="4")

    def heard(by: Officer | None) -> list[str]:
        return [act.kind for act in book.acts["class"] if act.is_for(by)]

    assert heard(None) == ["ClassBegan", "QuestionAsked", "HandRaised"]
    assert [heard(woman), heard(man)] == [["ClassBegan", "HandRaised"], ["ClassBegan"]]
    assert book.events_posted == 3


def test_what_was_removed_leaves_a_tombstone_in_the_log_that_is_read_afterwards():
    book = ledger()
    book.posted("class", "AnnouncementPosted", "AnnouncementPosted", "TextRemoved")

    book.bury("class", "AnnouncementPosted")

    kinds = [act.kind for act in book.log_of("class")]
    assert kinds == ["AnnouncementPosted", "Removed", "TextRemoved"]
    assert book.acts["class"][1].kind == "AnnouncementPosted"


def test_differences_name_every_cell_that_is_not_what_was_done():
    found = differences("page", {"a": 1, "b": 2, "c": 0}, {"a": 1, "b": 3, "d": 4})

    assert found == ["page: b should be 2, and is 3", "page: d should be 0, and is 4"]


def test_texts_that_differ_are_named_with_both():
    found = different_texts("own data", {"A": "female", "B": "male"}, {"A": "male", "B": "male"})

    assert found == ["own data: A should be female, and is male"]


def test_minutes_may_be_a_little_less_than_what_was_played_and_hardly_more():
    expected = {"A": 10.0, "B": 10.0, "C": 10.0, "D": 10.0}

    found = different_minutes("day", expected, {"A": 9.0, "B": 8.4, "C": 11.0, "E": 2.0})

    assert found == [
        "day: the minutes of B should be 10.0, and are 8.4",
        "day: the minutes of C should be 10.0, and are 11",
        "day: the minutes of D should be 10.0, and are 0",
        "day: the minutes of E should be 0.0, and are 2",
    ]
