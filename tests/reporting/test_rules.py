from sabaq.reporting.rules import share


def test_share_is_a_whole_percent_and_none_where_nothing_can_be_said():
    assert [share(1, 3), share(31, 64), share(0, 5), share(None, 5), share(0, 0)] == [
        33,
        48,
        0,
        None,
        None,
    ]
