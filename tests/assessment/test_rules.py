import uuid

from hypothesis import given
from hypothesis import strategies as st

from sabaq.assessment.rules import order_of, score, seed_of
from sabaq.courses.packs import Option

keys = st.lists(st.text("abcdefghij-", min_size=1, max_size=8), unique=True, max_size=12)
seeds = st.integers(0, 2**31 - 1)


def options(names):
    return [Option(name, {}) for name in names]


@given(keys, seeds)
def test_an_order_loses_and_doubles_nothing(names, seed):
    assert sorted(o.key for o in order_of(options(names), seed)) == sorted(names)


@given(keys, seeds, st.randoms())
def test_an_order_follows_from_the_keys_alone_not_from_how_they_came(names, seed, random):
    shuffled = random.sample(names, len(names))

    assert order_of(options(shuffled), seed) == order_of(options(names), seed)


@given(keys.filter(bool), seeds)
def test_one_item_less_leaves_the_others_in_their_places(names, seed):
    whole = [o.key for o in order_of(options(names), seed)]

    assert [o.key for o in order_of(options(names[1:]), seed)] == [
        k for k in whole if k != names[0]
    ]


def test_an_order_never_changes_from_one_release_to_the_next():
    assert [o.key for o in order_of(options("abcd"), 7)] == ["c", "a", "b", "d"]


def test_neighbours_and_items_have_orders_of_their_own():
    by_seed = {tuple(o.key for o in order_of(options("abcd"), seed)) for seed in range(200)}
    by_item = {
        tuple(o.key for o in order_of(options("abcd"), 7, within=str(item))) for item in range(200)
    }

    assert (len(by_seed), len(by_item)) == (24, 24)


@given(st.uuids(), st.text(max_size=20))
def test_a_seed_fits_its_column_and_is_the_same_again(person, test):
    assert seed_of(person, test) == seed_of(uuid.UUID(str(person)), test)
    assert 0 <= seed_of(person, test) < 2**31


def test_a_score_counts_what_is_correct_and_nothing_for_gaps_or_strangers():
    correct = {"one": "b", "two": "b", "three": "b"}

    assert score(correct, {"one": "b", "two": "c", "stranger": "b"}) == 1
    assert score(correct, {}) == 0
    assert score(correct, dict.fromkeys(correct, "b")) == 3
