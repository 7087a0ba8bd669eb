"""Whatever is counted, no reader who solves what is published finds a hidden count or closes in on a small one."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sabaq.reporting.enums import By
from sabaq.reporting.indicators import Head, participation
from sabaq.reporting.publishing import figures_to_publish, names_of
from sabaq.reporting.rules import THRESHOLD
from tests.reporting.suppression.reader import Reader

DAYS = (date(2027, 2, 4), date(2027, 2, 5))
FEW_EXAMPLES = settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
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
    st.sampled_from(["police", "police", "customs", "border"]),
    st.sampled_from(["junior", "junior", "command"]),
    st.sampled_from([0, 1, 2, 3, 4, 5, 5, 6, 6, 6, 6, 6]),
)
crowds = st.lists(profiles, min_size=8, max_size=26)


def made(crowd):
    return [head(number, *profile) for number, profile in enumerate(crowd)]


def reader_of(*releases):
    tables, totals = {}, {}
    for version, release in enumerate(releases):
        for indicator in names_of(participation(DAYS)).values():
            for by in By:
                shown = release.shown(indicator, by, joined=release.joined)
                tables[version, indicator, by.value] = shown
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


@FEW_EXAMPLES
@given(crowds)
def test_no_hidden_count_is_determined_or_bounded_below_the_threshold(crowd):
    release = figures_to_publish(1, made(crowd), DAYS)

    for (indicator, by), counts in release.counts.items():
        for key, count in counts.items():
            if 0 < count < THRESHOLD:
                assert (indicator, by, key) in release.hidden
    refuse_to_be_read(reader_of(release), release)


@FEW_EXAMPLES
@given(crowds, st.integers(0, 39))
def test_whoever_is_counted_herself_and_takes_herself_away_still_sees_no_small_group(crowd, place):
    heads = made(crowd)
    release = figures_to_publish(1, heads, DAYS)
    reader, self_ = reader_of(release), heads[place % len(heads)]

    for indicator in participation(DAYS):
        if indicator.counts(self_):
            name = names_of(participation(DAYS))[indicator.key]
            for by, key in ((By.COUNTRY, self_.country), (By.RANK_BAND, self_.rank_band)):
                reader.know({(0, name, by.value, key): 1}, 1, 10_000)

    for name, truth in hidden_in(release):
        if 0 < truth < THRESHOLD:
            assert reader.bounds(name)[1] - 1 >= THRESHOLD


changes = st.sampled_from(["added", "withdrawn", "corrected"])


@FEW_EXAMPLES
@given(crowds, profiles, changes, st.integers(0, 39))
def test_two_releases_with_one_officer_between_them_tell_neither_her_nor_what_is_hidden(
    crowd, profile, change, place
):
    heads = made(crowd)
    place %= len(heads)
    other = head(place if change == "corrected" else 1000, *profile)
    later = {
        "added": [*heads, other],
        "withdrawn": heads[:place] + heads[place + 1 :],
        "corrected": [*heads[:place], other, *heads[place + 1 :]],
    }[change]
    first = figures_to_publish(1, heads, DAYS)
    second = figures_to_publish(1, later, DAYS, earlier=[first])

    for release, version in ((first, 0), (second, 1)):
        refuse_to_be_read(reader_of(first, second), release, version)
    # No count is shown both times with a different value: nothing betrays what her row is.
    for (indicator, by), counts in second.counts.items():
        before = first.shown(indicator, By(by), joined=second.joined)
        now = second.shown(indicator, By(by), joined=second.joined)
        both = [k for k in counts if before.get(k) is not None and now.get(k) is not None]
        assert [before[k] for k in both] == [now[k] for k in both]
    for indicator in names_of(participation(DAYS)).values():
        totals = {first.total(indicator), second.total(indicator)} - {None}
        assert len(totals) < 2


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
