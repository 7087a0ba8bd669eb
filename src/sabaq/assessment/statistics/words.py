"""What each figure means and what it does not, in plain sentences beside it.

In the language of the reader at the moment of asking. Whoever renders `TestResults` (page, report,
workbook) takes its figures and sentences from here, so that they are the same everywhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sabaq.assessment.statistics.gain import band_of
from sabaq.assessment.statistics.paired import SMALL, Normality, PairedT, SignedRank
from sabaq.assessment.statistics.reasons import Reason
from sabaq.assessment.statistics.reliability import Reliability
from sabaq.assessment.statistics.results import Change, TestResults

_SMALLEST_P = 0.001


@dataclass(frozen=True)
class Line:
    """One figure as shown; `value` is the number itself, None where the data give none (`shown` says why)."""

    key: str
    label: str
    shown: str
    value: float | None
    means: str
    limits: str


@dataclass(frozen=True)
class Note:
    """What a column of the table of items means and what it does not."""

    label: str | Promise
    means: str | Promise
    limits: str | Promise


ITEM_NOTES = (
    Note(
        gettext_lazy("Right, %"),
        gettext_lazy("The share of participants who answered rightly: the higher, the easier."),
        gettext_lazy(
            "Before a course 30 to 80 percent are usual. More than that afterwards need not mean an item "
            "that is too easy: it may have been learnt."
        ),
    ),
    Note(
        gettext_lazy("Discrimination"),
        gettext_lazy(
            "Corrected point-biserial correlation: whether those who do well on the other items do well "
            "on this one. Under 0.20 an item deserves a second look, below zero its key and wording do."
        ),
        gettext_lazy(
            "With a few dozen participants chance alone moves it by 0.2 or 0.3 either way, and an item "
            "that nearly all answer rightly can tell few people apart."
        ),
    ),
    Note(
        gettext_lazy("To right, to wrong"),
        gettext_lazy(
            "How many went from a wrong answer to the right one, and how many the other way. p is that of "
            "McNemar's exact test: how often chance alone would make the two differ at least so much."
        ),
        gettext_lazy(
            "Of many items up to one in twenty falls under 0.05 though nothing has changed. Guessing moves "
            "people both ways."
        ),
    ),
    Note(
        gettext_lazy("Options chosen"),
        gettext_lazy(
            "A wrong option that many still choose after the course shows what to teach again; one that "
            "nobody chooses does no work in the test."
        ),
        gettext_lazy("The counts do not say why an option was chosen."),
    ),
)
OBJECTIVES_NOTE = Note(
    gettext_lazy("Objectives"),
    gettext_lazy("The share of right answers to all items of an objective, before and after."),
    gettext_lazy("With one or two items an objective is sampled, not measured."),
)

FORMS_NOTE = Note(
    gettext_lazy("Two forms"),
    gettext_lazy(
        "Some had form A before the course and form B after it, the others the other way round. As far "
        "as these groups are of equal size, a difference between the forms cancels out of the mean change."
    ),
    gettext_lazy(
        "One item is answered before and after by different people: it tells of groups only."
    ),
)


def lines_of(results: TestResults) -> tuple[Line, ...]:
    """Give the figures of a test in the order of the page; where too few took it, the count alone."""
    first = _matched(results)
    return (first, *_of_change(results.change), *_of_forms(results)) if results.change else (first,)


def decimal(value: float, places: int = 2) -> str:
    """Give a number in the reader's notation, with a true minus sign, never as minus zero."""
    rounded = round(value, places)
    text = number_format(abs(rounded), decimal_pos=places)
    return f"\N{MINUS SIGN}{text}" if rounded < 0 else text


def percent(value: float) -> str:
    """Give a score of 0 to 100 with one decimal."""
    return _("%(number)s %%") % {"number": decimal(value, 1)}


def probability(p: float) -> str:
    """Give p with three decimals, or say that it is smaller."""
    if p < _SMALLEST_P:
        return _("p < %(limit)s") % {"limit": decimal(_SMALLEST_P, 3)}
    return _("p = %(number)s") % {"number": decimal(p, 3)}


def _line(key: str, label: str, found: float | Reason, means: str, limits: str) -> Line:
    """Give the line of a plain figure with two decimals, or of the reason why there is none."""
    if isinstance(found, Reason):
        return Line(key, label, str(found.label), None, means, limits)
    return Line(key, label, decimal(found), found, means, limits)


def _matched(results: TestResults) -> Line:
    shown = str(results.matched)
    if results.registered is not None:
        counts = {"matched": results.matched, "registered": results.registered}
        shown = _("%(matched)s of %(registered)s") % counts
    return Line(
        "matched",
        _("Participants with both tests"),
        shown,
        results.matched,
        _(
            "Every figure is about these participants, for only they can be compared with themselves."
        ),
        _(
            "Of those who took one test or none it says nothing; they may have done better or worse."
        ),
    )


def _of_change(change: Change) -> Iterator[Line]:
    yield Line(
        "before",
        _("Mean score before the course"),
        percent(change.before),
        change.before,
        _("The share of right answers before the course, on average."),
        _("It depends on these items: harder ones would have given less."),
    )
    yield Line(
        "after",
        _("Mean score after the course"),
        percent(change.after),
        change.after,
        _("The share of right answers after the course, on average."),
        _("It was measured right after the course and does not say what is remembered later."),
    )
    yield from _of_t(change.t, change.after - change.before)
    yield _class_gain(change.class_gain)
    yield _mean_gain(change)
    yield _shape(change.shape)
    if change.ranks is not None:
        yield from _of_ranks(change)


def _of_t(t: PairedT | Reason, change: float) -> Iterator[Line]:
    label, d_z, d_av = _("Mean change"), _("Effect size d_z"), _("Effect size d_av")
    means_d_z = _("The mean change in standard deviations of the changes themselves.")
    limits_d_z = _(
        "It is larger the more alike people change, so it must not be set beside effects of studies "
        "that compare two groups."
    )
    means_d_av = _(
        "The mean change in standard deviations of the scores, before and after averaged."
    )
    limits_d_av = _("Nearer to what other studies report, yet theirs were other tests and people.")
    no_cause = _("It does not say what caused the change: there was no control group.")
    test, means_t = _("Paired t-test"), _means_p()
    if isinstance(t, Reason):
        shown = _points(change)
        yield Line(
            "change", label, shown, change, _("The mean after less the mean before."), no_cause
        )
        yield _line("t", test, t, means_t, _limits_p())
        yield _line("d_z", d_z, t, means_d_z, limits_d_z)
        yield _line("d_av", d_av, t, means_d_av, limits_d_av)
        return
    interval = {"change": _points(t.change), "low": decimal(t.low, 1), "high": decimal(t.high, 1)}
    yield Line(
        "change",
        label,
        _("%(change)s (95 %% interval %(low)s to %(high)s)") % interval,
        t.change,
        _(
            "Intervals computed in this way hold the true mean change in 95 of 100 groups of such "
            "participants."
        ),
        no_cause,
    )
    shown = f"t({t.df}) = {decimal(t.t)}, {probability(t.p)}"
    yield Line("t", test, shown, t.p, means_t, _limits_p())
    yield _line("d_z", d_z, t.d_z, means_d_z, limits_d_z)
    yield _line("d_av", d_av, t.d_av, means_d_av, limits_d_av)


def _points(change: float) -> str:
    sign = "+" if round(change, 1) > 0 else ""
    return _("%(number)s percentage points") % {"number": sign + decimal(change, 1)}


def _means_p() -> str:
    return _(
        "p is how often chance alone would bring a change at least so large, were the true one nil."
    )


def _limits_p() -> str:
    return _(
        "A small p does not make a change large, nor the course its cause; a large p does not prove that "
        "nothing changed."
    )


def _class_gain(gain: float | Reason) -> Line:
    label = _("Class gain <g>")
    means = _(
        "Of all that the group together could still gain, it gained this share; below zero it lost. Hake "
        "calls a gain low under 0.3 and high over 0.7."
    )
    limits = _(
        "A figure of the group's two means, not of any participant. The bands come from long physics "
        "courses and fit a short course roughly."
    )
    line = _line("class_gain", label, gain, means, limits)
    if isinstance(gain, Reason):
        return line
    shown = f"{line.shown} ({band_of(gain).label})"
    return Line(line.key, label, shown, gain, means, limits)


def _mean_gain(change: Change) -> Line:
    gain = change.mean_gain
    label = _("Mean individual gain")
    means = _("What each participant gained of what was left to gain, averaged over participants.")
    limits = _(
        "Whoever had little left to gain weighs as much as whoever had much, so it differs from the class "
        "gain: name the one you quote."
    )
    if isinstance(gain, Reason):
        return _line("mean_gain", label, gain, means, limits)
    if gain.left_out:
        left_out = ngettext(
            "%(count)d participant is left out who had every answer right before.",
            "%(count)d participants are left out who had every answer right before.",
            gain.left_out,
        )
        means = f"{means} {left_out % {'count': gain.left_out}}"
    return _line("mean_gain", label, gain.gain, means, limits)


def _shape(shape: Normality | Reason) -> Line:
    label = _("Shapiro-Wilk test of the changes")
    limits = _("With few participants it misses a departure, with many it finds harmless ones.")
    if isinstance(shape, Reason):
        means = _(
            "Whether the changes may come from a normal distribution, as the t-test supposes."
        )
        return _line("shape", label, shape, means, limits)
    means = (
        _(
            "The changes hardly follow a normal distribution, as the t-test supposes: read Wilcoxon's too."
        )
        if shape.is_doubtful
        else _(
            "Nothing speaks against the normal distribution of changes that the t-test supposes."
        )
    )
    shown = f"W = {decimal(shape.w, 3)}, {probability(shape.p)}"
    return Line("shape", label, shown, shape.p, means, limits)


def _of_ranks(change: Change) -> Iterator[Line]:
    ranks, label = change.ranks, _("Wilcoxon signed-rank test")
    r_label = _("Rank-biserial r")
    r_means = _("From −1, where all scores fell, to 1, where all rose.")
    r_limits = _(
        "It weighs rises against falls by rank and does not say by how much scores changed."
    )
    means = _means_ranks(ranks)
    if not isinstance(ranks, SignedRank):
        reason = ranks or Reason.NO_CHANGE
        yield _line("ranks", label, reason, means, _limits_p())
        yield _line("r", r_label, reason, r_means, r_limits)
        return
    shown = f"V = {decimal(ranks.plus, 1)}, n = {ranks.n}, {probability(ranks.p)}"
    yield Line("ranks", label, shown, ranks.p, means, _limits_p())
    yield _line("r", r_label, ranks.r, r_means, r_limits)


def _means_ranks(ranks: SignedRank | Reason | None) -> str:
    means = _(
        "Compares rises with falls by their rank and does without the normal distribution; shown for fewer "
        "than %(few)d participants or where that distribution is doubtful."
    ) % {"few": SMALL}
    if not isinstance(ranks, SignedRank) or not ranks.unchanged:
        return means
    left_out = ngettext(
        "%(count)d unchanged score is left out.",
        "%(count)d unchanged scores are left out.",
        ranks.unchanged,
    )
    return f"{means} {left_out % {'count': ranks.unchanged}}"


def _of_forms(results: TestResults) -> Iterator[Line]:
    for form in results.forms:
        suffix = f"_{form.form.lower()}" if form.form else ""
        named = {"form": form.form}
        if form.form:
            before = _("Reliability KR-20 of form %(form)s, before") % named
            after = _("Reliability KR-20 of form %(form)s, after") % named
        else:
            before, after = _("Reliability KR-20, before"), _("Reliability KR-20, after")
        yield _reliability(f"kr20_before{suffix}", before, form.reliability_before)
        yield _reliability(f"kr20_after{suffix}", after, form.reliability_after)


def _reliability(key: str, label: str, found: Reliability | Reason) -> Line:
    means = _("How far the items of the test agree in telling participants apart: 1 is perfectly.")
    limits = _(
        "No mark for the course: a test of several topics, or one that nearly all pass, has a low figure "
        "though its items are good."
    )
    if isinstance(found, Reason):
        return _line(key, label, found, means, limits)
    if found.is_short:
        limits = _("The test has fewer than ten items: do not rely on this figure.") + " " + limits
    return _line(key, label, found.value, means, limits)
