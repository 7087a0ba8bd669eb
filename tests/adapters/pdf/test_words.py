from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from sabaq.adapters.pdf.words import printed_dates, printed_moment, printed_share


@pytest.mark.parametrize(
    ("language", "first", "last", "printed"),
    [
        ("en", date(2027, 2, 4), date(2027, 2, 4), "4 February 2027"),
        ("en", date(2027, 2, 4), date(2027, 2, 5), "4–5 February 2027"),
        ("en", date(2027, 2, 27), date(2027, 3, 2), "27 February – 2 March 2027"),
        ("en", date(2027, 12, 30), date(2028, 1, 2), "30 December 2027 – 2 January 2028"),
        ("ru", date(2027, 2, 4), date(2027, 2, 5), "4–5 февраля 2027 г."),
        ("ru", date(2027, 2, 27), date(2027, 3, 2), "27 февраля – 2 марта 2027 г."),
    ],
)
def test_a_range_says_month_and_year_once_where_they_are_the_same(language, first, last, printed):
    with translation.override(language):
        assert printed_dates(first, last) == printed


def test_a_moment_is_told_in_its_own_zone():
    noon = datetime(2027, 2, 8, 9, 5, tzinfo=UTC)

    with translation.override("en"):
        assert printed_moment(noon) == "8 February 2027, 09:05 (UTC)"
        assert (
            printed_moment(noon.astimezone(ZoneInfo("Asia/Bishkek")))
            == "8 February 2027, 15:05 (UTC+06:00)"
        )


def test_shares_are_rounded():
    assert printed_share(0.476) == "48\N{NO-BREAK SPACE}%"
