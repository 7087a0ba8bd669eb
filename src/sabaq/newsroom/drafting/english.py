"""The draft in English."""

from collections.abc import Sequence

from sabaq.newsroom.facts import ArticleFacts, date_words
from sabaq.newsroom.rules import ShareInWords, may_be_told, quote_line, share_in_words

COUNTRIES = {
    "KZ": "Kazakhstan",
    "KG": "Kyrgyzstan",
    "TJ": "Tajikistan",
    "TM": "Turkmenistan",
    "UZ": "Uzbekistan",
}
_NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five"}


def draft(facts: ArticleFacts) -> tuple[str, str]:
    """Give title and body (Markdown, quotes as lines of their own) of the article."""
    first, rest = facts.speakers[:1], facts.speakers[1:]
    paragraphs = [
        _opening(facts),
        *(quote_line(speaker.key) for speaker in first),
        _trainers(facts),
        _topics(facts),
        _survey(facts),
        *(quote_line(speaker.key) for speaker in rest),
        _belongs(facts),
        f"For enquiries: {', '.join(facts.contact)}." if facts.contact else "",
    ]
    return _title(facts), "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def joined(parts: Sequence[str]) -> str:
    """Join with commas and a final "and"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _countries(facts: ArticleFacts) -> list[str]:
    return sorted(COUNTRIES[code] for code in facts.attendance.countries)


def _title(facts: ArticleFacts) -> str:
    countries = _countries(facts)
    if not countries:
        return facts.title
    whose = countries[0] if len(countries) == 1 else f"{_NUMBERS[len(countries)]} countries"
    return f"Law-enforcement officers of {whose} take part in the course “{_inner(facts.title)}”"


def _inner(text: str) -> str:
    """Turn quotation marks within a quoted text into single ones."""
    return text.replace("“", "‘").replace("”", "’")


def _dates(facts: ArticleFacts) -> str:
    first, last = facts.first_day, facts.last_day
    until = date_words(last, "j E Y", "en")
    if first == last:
        return f"On {until}"
    if first.year != last.year:
        return f"From {date_words(first, 'j E Y', 'en')} to {until}"
    since = date_words(first, "j" if first.month == last.month else "j E", "en")
    if (last - first).days == 1:
        return f"On {since} and {until}"
    return f"From {date_words(first, 'j E', 'en')} to {until}"


def _opening(facts: ArticleFacts) -> str:
    who, countries = facts.attendance, _countries(facts)
    course = "regional online training course" if len(countries) > 1 else "online training course"
    named = f"{course} “{_inner(facts.title)}”"
    if not countries:
        return f"{_dates(facts)}, the {named} was held for law-enforcement officers."
    officers = f"{who.total} law-enforcement officers" if who.total else "law-enforcement officers"
    sentence = f"{_dates(facts)}, {officers} from {joined(countries)} took part in the {named}."
    if who.women:
        sentence += f" {who.women} of them were women."
    return sentence


def _trainers(facts: ArticleFacts) -> str:
    if not facts.trainers:
        return ""
    named = [f"{trainer.name}, {_small(trainer.function)}" for trainer in facts.trainers]
    return f"The course was taught by {'; '.join(named[:-1])}{'; and ' if named[1:] else ''}{named[-1]}."


def _topics(facts: ArticleFacts) -> str:
    if not facts.topics:
        return ""
    listed = "\n".join(f"- {topic}" for topic in facts.topics)
    return f"Its topics were:\n\n{listed}"


_SHARES = {
    ShareInWords.ALL: "all",
    ShareInWords.NEARLY_ALL: "nearly all",
    ShareInWords.MORE_THAN_THREE_QUARTERS: "more than three quarters",
    ShareInWords.MORE_THAN_TWO_THIRDS: "more than two thirds",
    ShareInWords.MORE_THAN_HALF: "more than half",
    ShareInWords.HALF: "half",
    ShareInWords.FEWER_THAN_HALF: "fewer than half",
}


def _survey(facts: ArticleFacts) -> str:
    opinion = facts.opinion
    if opinion is None or not may_be_told(opinion):
        return ""
    words = _SHARES[share_in_words(opinion.agreed, opinion.answered)]
    return (
        f"In the confidential survey at the end of the course, {words} of the {opinion.answered} participants "
        f"who answered agreed with the statement “{_inner(opinion.statement).rstrip('.')}”."
    )


def _belongs(facts: ArticleFacts) -> str:
    if not facts.projects:
        return ""
    named = joined([f"“{project}”" for project in facts.projects])
    noun = "project" if len(facts.projects) == 1 else "projects"
    sentence = f"The course was held within the {noun} {named}"
    if facts.sub_programmes:
        sentence += f", part of {joined([f'“{s}”' for s in facts.sub_programmes])}"
        if facts.programmes:
            sentence += f" of the {joined([f'“{p}”' for p in facts.programmes])}"
    elif facts.programmes:
        sentence += f", part of the {joined([f'“{p}”' for p in facts.programmes])}"
    sentence += "."
    if facts.donors:
        subject = "The project is" if len(facts.projects) == 1 else "The projects are"
        sentence += f" {subject} funded by {joined([_the(donor) for donor in facts.donors])}."
    return sentence


def _the(donor: str) -> str:
    return f"the {donor}" if donor.startswith("Government") else donor


def _small(function: str) -> str:
    """Give a function as it stands within a sentence; an abbreviation keeps its capitals."""
    return function if function[1:2].isupper() else function[:1].lower() + function[1:]
