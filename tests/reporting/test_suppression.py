from hypothesis import given
from hypothesis import strategies as st

from sabaq.reporting.rules import THRESHOLD, share, suppress


def test_a_small_count_is_hidden_together_with_the_next_smallest():
    assert suppress({"KZ": 14, "KG": 3, "TJ": 9, "TM": 0}) == {
        "KZ": 14,
        "KG": None,
        "TJ": None,
        "TM": 0,
    }


def test_nothing_is_hidden_where_all_counts_are_large_or_nil():
    assert suppress({"female": 30, "male": 34, "undisclosed": 0}) == {
        "female": 30,
        "male": 34,
        "undisclosed": 0,
    }


@given(st.dictionaries(st.text("abcdefgh", min_size=1, max_size=3), st.integers(0, 40), max_size=8))
def test_the_total_never_gives_a_hidden_count_away(counts):
    shown = suppress(counts)

    hidden = [counts[key] for key, count in shown.items() if count is None]
    small = [count for count in counts.values() if 0 < count < THRESHOLD]
    assert all(shown[key] is None for key, count in counts.items() if 0 < count < THRESHOLD)
    if small and sum(count for count in counts.values()) >= THRESHOLD:
        assert sum(hidden) >= THRESHOLD
    if small and sum(1 for count in counts.values() if count) > 1:
        assert len(hidden) >= 2


def test_share_is_a_whole_percent_and_none_where_nothing_can_be_said():
    assert [share(1, 3), share(31, 64), share(0, 5), share(None, 5), share(0, 0)] == [
        33,
        48,
        0,
        None,
        None,
    ]
