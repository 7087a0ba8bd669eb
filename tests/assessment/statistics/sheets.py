"""Invented sittings: who answered what, written as strings of option keys, "-" for an item left open."""

from sabaq.assessment.statistics.results import AskedItem, Pair, Sheet

OPTIONS = ("a", "b", "c")


def asked(keys, *, form="", objective=None):
    """Give items whose right option is "a", each of an objective of its own unless one is named."""
    return [AskedItem(key, "law", objective or f"aim-{key}", OPTIONS, "a", form) for key in keys]


def sheet(keys, answers, form=""):
    """Give a sitting: one option per item of `keys`."""
    given = {key: option for key, option in zip(keys, answers, strict=True) if option != "-"}
    right = frozenset(key for key, option in given.items() if option == "a")
    return Sheet(100 * len(right) / len(keys), right, given, form)


def pairs(keys, *answers, form=""):
    """Give a pair for each (before, after)."""
    return [Pair(sheet(keys, one, form), sheet(keys, other, form)) for one, other in answers]
