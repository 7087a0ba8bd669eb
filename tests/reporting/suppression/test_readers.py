"""Whatever is counted, no reader who solves what is published finds a hidden count or closes in on a small one.

A whole report takes seconds to hide and to read. So most examples are of a few indicators along two dimensions,
any of the sets in `SETS`, drawn anew at each run; whole reports are solved in the last test and in test_attack.py.
"""

from collections import Counter
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sabaq.reporting.enums import By
from sabaq.reporting.indicators import Head, participation
from sabaq.reporting.publishing import PublishedFigures, figures_to_publish, names_of
from sabaq.reporting.rules import THRESHOLD
from sabaq.reporting.suppression import Marginals, protect
from tests.reporting.suppression.reader import Reader

DAYS = (date(2027, 2, 4), date(2027, 2, 5))
NAMES = names_of(participation(DAYS))
COUNTS = {NAMES[one.key]: one.counts for one in participation(DAYS)}
SETS = [
    ("nominated", "confirmed", "registered"),
    ("confirmed", "attended", "certified"),
    ("attended", "attended-day-1", "attended-day-2"),
    ("attended-day-1", "attended-day-2", "completed"),
]
EXAMPLES = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def head(number, sex, country, kind, rank, stage):
    """Give an officer who came as far as `stage`: 0 nominated, 1 confirmed, 2 registered, 3 and 4 one day, 5 both, 6 certified."""
    days = {3: DAYS[:1], 4: DAYS[1:]}.get(stage, DAYS if stage > 4 else ())
    return Head(
        1,
        number,
        sex,
        country,
        kind,
        rank,
        nominated=True,
        confirmed=stage >= 1,
        registered=stage >= 2,
        days=frozenset(days),
        held=DAYS,
        certified=stage == 6,
    )


profiles = st.tuples(
    st.sampled_from(["female", "male", "female", "male", "undisclosed"]),
    st.sampled_from(["KZ", "KZ", "KG", "TJ"]),
    st.just("police"),
    st.just("junior"),
    st.sampled_from([0, 1, 2, 3, 4, 5, 5, 6, 6, 6, 6, 6]),
)
crowds = st.lists(profiles, min_size=8, max_size=26)
sets = st.sampled_from(SETS)


def made(crowd):
    return [head(number, *profile) for number, profile in enumerate(crowd)]


def published(heads, names, *earlier):
    """Publish some indicators by sex and country, beside what was published of them before."""
    counts = {
        (name, by.value): Counter(value(one) for one in heads if COUNTS[name](one))
        for name in names
        for by, value in ((By.SEX, lambda one: one.sex), (By.COUNTRY, lambda one: one.country))
    }
    protection = protect(
        [Marginals(1, *about, found) for about, found in counts.items()],
        earlier=[one.as_earlier(joined=False) for one in earlier],
    )
    hidden = frozenset((cell.indicator, cell.by, cell.key) for cell in protection.hidden)
    return PublishedFigures(1, DAYS, counts, hidden, joined=False)


def reader_of(*releases):
    tables, totals = {}, {}
    for version, release in enumerate(releases):
        for indicator, by in release.counts:
            shown = release.shown(indicator, By(by), joined=release.joined)
            tables[version, indicator, by] = shown
            totals[version, indicator] = release.total(indicator)
    return Reader(tables, totals)


def hidden_in(release, version=0):
    """Give each hidden count: its name to the reader, and the truth."""
    for indicator, by, key in sorted(release.hidden):
        if by:
            yield (version, indicator, by, key), release.counts[indicator, by][key]
        else:
            counts = release.counts[indicator, By.SEX.value]
            yield (version, indicator), sum(counts.values())


def refuse_to_be_read(reader, release, version=0):
    for name, truth in hidden_in(release, version):
        least, most = reader.bounds(name)
        assert least < most, f"{name} is told: {truth}"
        if 0 < truth < THRESHOLD:
            assert most >= THRESHOLD, f"{name} is at most {most}"


@EXAMPLES
@given(crowds, sets)
def test_no_hidden_count_is_determined_or_bounded_below_the_threshold(crowd, names):
    release = published(made(crowd), names)

    for (indicator, by), counts in release.counts.items():
        for key, count in counts.items():
            if 0 < count < THRESHOLD:
                assert (indicator, by, key) in release.hidden
    refuse_to_be_read(reader_of(release), release)


@EXAMPLES
@given(crowds, sets, st.integers(0, 39))
def test_whoever_is_counted_herself_and_takes_herself_away_still_sees_no_small_group(
    crowd, names, place
):
    heads = made(crowd)
    release = published(heads, names)
    reader, self_ = reader_of(release), heads[place % len(heads)]

    for name in names:
        if COUNTS[name](self_):
            for by, key in ((By.COUNTRY, self_.country), (By.SEX, self_.sex)):
                reader.know({(0, name, by.value, key): 1}, 1, 10_000)

    for name, truth in hidden_in(release):
        if 0 < truth < THRESHOLD:
            assert reader.bounds(name)[1] - 1 >= THRESHOLD


changes = st.sampled_from(["added", "withdrawn", "corrected"])


@EXAMPLES
@given(crowds, sets, profiles, changes, st.integers(0, 39))
def test_two_releases_with_one_officer_between_them_tell_neither_her_nor_what_is_hidden(
    crowd, names, profile, change, place
):
    heads = made(crowd)
    place %= len(heads)
    other = head(place if change == "corrected" else 1000, *profile)
    later = {
        "added": [*heads, other],
        "withdrawn": heads[:place] + heads[place + 1 :],
        "corrected": [*heads[:place], other, *heads[place + 1 :]],
    }[change]
    first = published(heads, names)
    second = published(later, names, first)

    for release, version in ((first, 0), (second, 1)):
        refuse_to_be_read(reader_of(first, second), release, version)
    # No count is shown both times with a different value: nothing betrays what her row is.
    for (indicator, by), counts in second.counts.items():
        before = first.shown(indicator, By(by), joined=second.joined)
        now = second.shown(indicator, By(by), joined=second.joined)
        both = [k for k in counts if before.get(k) is not None and now.get(k) is not None]
        assert [before[k] for k in both] == [now[k] for k in both]
    for indicator in names:
        totals = {first.total(indicator), second.total(indicator)} - {None}
        assert len(totals) < 2


def test_a_nil_that_is_hidden_keeps_its_row():
    """One officer of Kyrgyzstan attended both days; a correction moves him, and nobody is left there on day 2."""
    kz, kg, tj = (("male", country, "police", "junior") for country in ("KZ", "KG", "TJ"))
    crowd = [*[(*kz, 5)] * 6, (*kz, 3), (*kg, 3), (*kg, 5), *[(*tj, 5)] * 2]
    heads, names = made(crowd), ("attended-day-1", "attended-day-2", "completed")
    first = published(heads, names)
    second = published([*heads[:8], head(8, *kz, 5), *heads[9:]], names, first)

    assert "KG" not in second.counts["attended-day-2", By.COUNTRY.value]
    assert second.shown("attended-day-2", By.COUNTRY, joined=False)["KG"] is None
    refuse_to_be_read(reader_of(first, second), second, 1)


def test_an_officer_more_who_fills_a_row_of_her_own_shows_in_no_release():
    crowd = [("female", "KZ", "police", "junior", 6)] * 20 + [
        ("male", "KG", "police", "junior", 6)
    ] * 20
    heads = made(crowd)
    first = figures_to_publish(1, heads, DAYS)
    second = figures_to_publish(
        1, [*heads, head(99, "female", "TJ", "police", "command", 6)], DAYS, earlier=[first]
    )

    assert second.total("confirmed") is None
    assert second.shown("confirmed", By.COUNTRY, joined=False)["TJ"] is None
    refuse_to_be_read(reader_of(first, second), second, 1)
