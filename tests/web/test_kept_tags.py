"""Fixed texts and addresses are kept by the templates' nodes; what may change is not."""

import pytest
from django.template import TemplateSyntaxError, engines
from django.urls import NoReverseMatch, get_script_prefix, set_script_prefix
from django.utils.translation import override

from sabaq.web.templatetags.kept import Kept


def template(source: str):
    return engines["django"].from_string("{% load i18n %}" + source)


def kept_in(source: str) -> int:
    return sum(isinstance(node, Kept) for node in template(source).template.nodelist)


def test_a_kept_text_follows_the_language():
    shown = template('{% translate "Today" %}|{% translate "Today" as day %}{{ day }}')

    texts = []
    for language in ("en", "ru", "en"):
        with override(language):
            texts.append(shown.render())

    assert texts == ["Today|Today", "Сегодня|Сегодня", "Today|Today"]


def test_a_kept_text_keeps_its_context_apart_and_its_percent_sign_single():
    shown = template('{% translate "read" context "lesson" %}|{% translate "100% <b>" %}')

    with override("ru"):
        assert [shown.render(), shown.render()] == ["прочитано|100% <b>"] * 2


def test_what_a_variable_or_a_filter_says_is_not_kept():
    shown = template('{% translate text %}|{% translate "Today"|add:text %}')

    assert [shown.render({"text": text}) for text in ("x", "y")] == ["x|Todayx", "y|Todayy"]


def test_a_kept_address_follows_the_prefix():
    shown = template("{% url 'learner:today' %}|{% url 'learner:today' as here %}{{ here }}")

    assert [shown.render(), shown.render()] == ["/today/|/today/"] * 2
    before = get_script_prefix()
    set_script_prefix("/course/")
    try:
        assert shown.render() == "/course/today/|/course/today/"
    finally:
        set_script_prefix(before)
    assert shown.render() == "/today/|/today/"


def test_an_address_nobody_knows_is_an_error_as_in_django():
    unknown = template("{% url 'nowhere' %}")
    asked = template("{% url 'nowhere' as place %}[{{ place }}]")

    for _ in range(2):
        with pytest.raises(NoReverseMatch):
            unknown.render()
        assert asked.render() == "[]"
    with pytest.raises(TemplateSyntaxError):
        template("{% url %}")


def test_only_what_is_fixed_is_kept():
    assert kept_in('{% translate "Today" %}{% translate "read" context "lesson" %}') == 2
    assert kept_in("{% url 'learner:today' %}{% url 'learner:me' as mine %}") == 2
    assert (
        kept_in('{% translate text %}{% translate "a"|upper %}{% translate "a" context t %}') == 0
    )
    assert (
        kept_in("{% url name %}{% url 'learner:test' key=key %}{% url 'learner:test' 'a' %}") == 0
    )
