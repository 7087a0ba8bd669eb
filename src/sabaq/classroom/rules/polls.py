"""What is a sound answer, what answers come to, and from how many on it may be seen."""

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sabaq.classroom.errors.polls import (
    NothingChosen,
    OneAnswerOnly,
    UnknownOption,
    WordIsEmpty,
    WordTooLong,
)
from sabaq.courses.packs import Poll, PollKind

WORD_LENGTH = 40
# Live totals, and each renewal of them, hold at least as many new votes: a difference of one would show whose it is.
LIVE_TOTALS_FROM = 5


def sound_choices(poll: Poll, given: Iterable[str]) -> tuple[str, ...]:
    """Give what was chosen in the order of the options, or one tidy word; raise what is wrong with it."""
    if poll.kind == PollKind.WORD:
        return (_sound_word(" ".join(given)),)
    chosen = set(given)
    if not chosen:
        raise NothingChosen
    if not chosen <= {option.key for option in poll.options}:
        raise UnknownOption
    if len(chosen) > 1 and poll.kind != PollKind.MULTIPLE:
        raise OneAnswerOnly
    return tuple(option.key for option in poll.options if option.key in chosen)


def _sound_word(text: str) -> str:
    word = " ".join(tidy_lines(text))
    if not word:
        raise WordIsEmpty
    if len(word) > WORD_LENGTH:
        raise WordTooLong(most=WORD_LENGTH)
    return word


def tidy_lines(text: str) -> list[str]:
    """Give the lines of a text that are not empty, without invisible letters and doubled spaces."""
    seen = (
        "".join(letter if letter.isprintable() else " " for letter in line)
        for line in text.splitlines()
    )
    return [words for line in seen if (words := " ".join(line.split()))]


def totals_of(votes: Iterable[Sequence[str]]) -> dict[str, int]:
    """Give how many chose each option, by its key; one that nobody chose is absent."""
    chosen = Counter(choice for vote in votes for choice in vote)
    # By key: the order in which options were first chosen must not stay.
    return {key: chosen[key] for key in sorted(chosen)}


def words_of(votes: Iterable[Sequence[str]]) -> list[tuple[str, int]]:
    """Give each word with how many wrote it, whatever capitals they used: often first, then by the alphabet.

    Nothing of the order in which the words came in is left.
    """
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for vote in votes:
        for word in vote:
            spellings[word.casefold()][word] += 1
    counted = [
        (min(forms, key=lambda form, forms=forms: (-forms[form], form)), sum(forms.values()))  # type: ignore[misc]
        for forms in spellings.values()
    ]
    return sorted(counted, key=lambda pair: (-pair[1], pair[0].casefold()))


def percent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


def median_of(totals: Mapping[str, int]) -> float | None:
    """Give the median of a scale from its totals, or None where nobody has answered."""
    points = [int(number) for number, votes in totals.items() for _ in range(votes)]
    return statistics.median(points) if points else None
