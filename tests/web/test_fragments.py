"""Shared fragments: one for all whose values are equal, another as soon as a value or the language differs."""

from django.utils import translation

from sabaq.assessment.enums import Phase
from sabaq.kernel.i18n import Text
from sabaq.web.fragments import _shown, shared_fragment
from sabaq.web.learner.parts import PartLine, Parts, PartState

LESSON = PartLine("law", Text("Law & order", "en", is_fallback=False), PartState.OPEN)


def parts(*lessons, **more):
    values = {
        "tests_before": (),
        "tests_after": (),
        "surveys": (),
        "commitment": None,
        "has_certificate": False,
    }
    return Parts(lessons=lessons, **{**values, **more})


def test_equal_values_are_shown_once():
    _shown.cache_clear()

    with translation.override("en"):
        first = shared_fragment("learner/parts.html", parts=parts(LESSON))
        second = shared_fragment("learner/parts.html", parts=parts(LESSON))

    assert second is first
    assert "Law &amp; order" in first
    assert _shown.cache_info().misses == 1


def test_another_value_or_language_is_shown_anew():
    read = PartLine("law", LESSON.title, PartState.DONE)
    shown = []
    for language, lesson in (("en", LESSON), ("en", read), ("ru", LESSON), ("ru", read)):
        with translation.override(language):
            shown.append(shared_fragment("learner/parts.html", parts=parts(lesson)))

    assert [html.split("</span>")[0].split(">")[-1] for html in shown] == [
        "to read",
        "read",
        "не прочитано",
        "прочитано",
    ]


def test_an_extended_test_and_a_closed_one_are_not_confused():
    title = Text("Knowledge", "en", is_fallback=False)
    shown = {}
    for state in PartState:
        line = PartLine("knowledge", title, state, phase=Phase.BEFORE)
        with translation.override("en"):
            shown[state] = shared_fragment("learner/parts.html", parts=parts(tests_before=(line,)))

    assert len(set(shown.values())) == len(PartState)
    assert 'href="/test/knowledge/"' in shown[PartState.OPEN]
    assert 'href="/test/knowledge/"' not in shown[PartState.OVER]
