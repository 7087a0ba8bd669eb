"""What is hidden in tables small enough to judge by eye."""

from sabaq.reporting.suppression import Cell, Marginals, Published, Reason, protect

HERE = frozenset({1})


def table(counts, *, indicator="nominated", by="country", edition=1):
    return Marginals(edition, indicator, by, counts)


def hidden(protection):
    return {(cell.indicator, cell.by, cell.key) for cell in protection.hidden}


def test_nothing_is_hidden_where_all_counts_are_large_or_nil():
    assert not protect([table({"KZ": 30, "KG": 5, "TM": 0})]).hidden


def test_a_small_count_is_hidden_together_with_the_next_smallest():
    protection = protect([table({"KZ": 14, "KG": 3, "TJ": 9, "TM": 0})])

    assert protection.hidden == {
        Cell(HERE, "nominated", "country", "KG"): Reason.SMALL,
        Cell(HERE, "nominated", "country", "TJ"): Reason.DERIVABLE,
    }


def test_men_are_not_told_by_subtracting_the_women():
    protection = protect([table({"female": 28, "male": 2}, by="sex")])

    assert hidden(protection) == {("nominated", "sex", "female"), ("nominated", "sex", "male")}


def test_few_who_did_not_say_hide_behind_the_men_so_that_the_women_show():
    protection = protect([table({"female": 28, "male": 30, "undisclosed": 1}, by="sex")])

    assert hidden(protection) == {("nominated", "sex", "male"), ("nominated", "sex", "undisclosed")}


def test_a_total_under_five_is_hidden_itself():
    protection = protect([table({"KZ": 3}), table({"female": 3}, by="sex")])

    assert protection.reason(HERE, "nominated") is Reason.SMALL
    assert protection.reason(HERE, "nominated", "sex", "female") is Reason.SMALL


def test_a_cell_that_two_days_would_give_away_is_hidden_on_both():
    # On two days, both days together count who came at all and who came twice.
    counts = {"attended": 9, "attended-1": 8, "attended-2": 8, "completed": 7}
    protection = protect(
        [
            table({"KZ": 20 + count, "KG": 20, "TJ": count - 4}, indicator=indicator)
            for indicator, count in counts.items()
        ]
    )

    small = {key for _, _, key in hidden(protection)}
    assert "TJ" in small
    assert len(small) > 1


def test_one_person_corrected_since_the_last_export_is_held_back():
    before = {"female": 20, "male": 30}
    after = {"female": 21, "male": 30}
    earlier = Published((table(before, by="sex"),), (HERE,), frozenset())

    protection = protect([table(after, by="sex")], earlier=[earlier])

    assert protection.holds_back
    assert hidden(protection) == {
        ("nominated", "", "total"),
        ("nominated", "sex", "female"),
    }


def test_what_has_grown_by_many_is_published_again():
    earlier = protect([table({"KZ": 30, "KG": 3, "TJ": 9})])
    before = Published((table({"KZ": 30, "KG": 3, "TJ": 9}),), (HERE,), frozenset(earlier.hidden))

    protection = protect([table({"KZ": 36, "KG": 12, "TJ": 15})], earlier=[before])

    assert not protection.hidden


def test_the_same_figures_are_published_again_as_they_were():
    tables = [table({"KZ": 30, "KG": 3, "TJ": 9})]
    first = protect(tables)

    again = protect(tables, earlier=[Published(tuple(tables), (HERE,), frozenset(first.hidden))])

    assert set(again.hidden) == set(first.hidden)


def test_a_project_is_not_told_by_subtracting_another_from_all():
    one, two = frozenset({1}), frozenset({2})
    both = one | two
    tables = [
        table({"KZ": 20, "KG": 11, "TJ": 3}, edition=1),
        table({"KZ": 20, "KG": 12, "TJ": 10}, edition=2),
    ]

    protection = protect(tables, scopes=[one, two, both])

    rows = {cell.scope for cell in protection.hidden if cell.key == "TJ"}
    assert one in rows
    assert len(rows) > 1
    assert not [cell for cell in protection.hidden if cell.key == "total"]
