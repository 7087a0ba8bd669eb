from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils.translation import override
from i18nfield.strings import LazyI18nString

from sabaq.web.templatetags import sabaq as tags

START = datetime(2026, 2, 4, 8, 10, tzinfo=UTC)
END = datetime(2026, 2, 4, 9, 0, tzinfo=UTC)


def render(source: str, **values: object) -> str:
    return Template("{% load sabaq %}" + source).render(Context(values))


def test_when_shows_both_clocks_where_they_differ():
    with override("en"):
        shown = tags.when(START, END, "Asia/Tashkent", "Asia/Bishkek")

    assert shown == (
        '<span class="nw"><time datetime="2026-02-04T13:10+05:00">13:10</time>–'
        '<time datetime="2026-02-04T14:00+05:00">14:00</time></span> in Tashkent · '
        '<span class="nw"><time datetime="2026-02-04T14:10+06:00">14:10</time>–'
        '<time datetime="2026-02-04T15:00+06:00">15:00</time></span> in Bishkek'
    )


def test_when_names_cities_in_the_case_that_russian_needs():
    with override("ru"):
        shown = tags.when(START, None, "Asia/Qyzylorda", "Asia/Bishkek")

    assert shown == (
        '<time datetime="2026-02-04T13:10+05:00">13:10</time> в Кызылорде · '
        '<time datetime="2026-02-04T14:10+06:00">14:10</time> в Бишкеке'
    )


def test_when_shows_one_clock_where_both_show_the_same_hour():
    with override("en"):
        shown = tags.when(START, None, "Asia/Tashkent", "Asia/Dushanbe")

    assert shown == '<time datetime="2026-02-04T13:10+05:00">13:10</time> in Tashkent'


def test_when_names_the_date_by_a_clock_that_is_already_in_the_next_day():
    with override("en"):
        shown = tags.when(
            datetime(2026, 2, 4, 18, 30, tzinfo=UTC), None, "Asia/Tashkent", "Asia/Bishkek"
        )

    assert shown == (
        '<time datetime="2026-02-04T23:30+05:00">23:30</time> in Tashkent · '
        '5 February, <time datetime="2026-02-05T00:30+06:00">00:30</time> in Bishkek'
    )


def test_when_names_an_unlisted_zone_by_its_clock():
    with override("en"):
        shown = tags.when(START, None, "America/New_York")

    assert shown == '<time datetime="2026-02-04T03:10-05:00">03:10</time> by the clock of New York'


@pytest.mark.parametrize(
    ("language", "first", "last", "words"),
    [
        ("en", date(2026, 2, 4), date(2026, 2, 4), "4 February 2026"),
        ("en", date(2026, 2, 4), date(2026, 2, 5), "4–5 February 2026"),
        ("ru", date(2026, 2, 4), date(2026, 2, 5), "4–5 февраля 2026"),
        ("en", date(2026, 1, 31), date(2026, 2, 1), "31 January – 1 February 2026"),
        ("en", date(2026, 12, 31), date(2027, 1, 1), "31 December 2026 – 1 January 2027"),
    ],
)
def test_days_names_a_span_of_days_once(language, first, last, words):
    with override(language):
        assert tags.days(first, last) == words


def test_day_takes_a_moment_by_the_clock_of_the_zone():
    with override("ru"):
        assert (
            tags.day(datetime(2026, 2, 4, 20, 0, tzinfo=UTC), "Asia/Tashkent")
            == "четверг, 5 февраля"
        )


def test_share_bar_says_share_and_aim_in_words():
    with override("en"):
        shown = tags.share_bar(41.6, 50)

    assert 'role="img" aria-label="42 percent women, the aim is 50"' in shown
    assert '<rect class="part" width="42" height="10"/>' in shown
    assert '<rect class="aim" x="49.4" width="1.2" height="10"/>' in shown
    assert shown.endswith('<span class="n" aria-hidden="true">42 %</span></span>')
    assert "style=" not in shown


@pytest.mark.parametrize(("aim", "x"), [(0, "0"), (100, "98.8")])
def test_share_bar_keeps_the_mark_of_the_aim_inside(aim, x):
    assert f'<rect class="aim" x="{x}"' in tags.share_bar(10, aim)


def test_share_bar_of_a_suppressed_share_shows_no_number():
    with override("en"):
        assert tags.share_bar(None, 50) == '<span class="muted">not shown</span>'


def test_localized_shows_the_readers_language_escaped():
    with override("en"):
        shown = render("{% localized v %}", v=LazyI18nString({"en": "A & B", "ru": "А и Б"}))

    assert shown == "A &amp; B"


def test_localized_marks_a_fallback_with_its_language_and_a_note():
    with override("en"):
        shown = render("{% localized v %}", v=LazyI18nString({"ru": "Права <человека>"}))

    assert shown == '<span lang="ru">Права &lt;человека&gt;</span> <small>(in Russian)</small>'


def test_icon_is_hidden_from_screen_readers():
    assert render('{% icon "check" %}') == (
        '<svg class="ic" width="20" height="20" viewBox="0 0 24 24" aria-hidden="true">'
        '<path d="m5 13 4 4L19 7"/></svg>'
    )
