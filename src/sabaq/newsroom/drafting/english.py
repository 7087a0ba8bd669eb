"""The draft in English."""

from collections.abc import Sequence

from sabaq.newsroom.facts import ArticleFacts, Named, date_words

COUNTRIES = {
    "KZ": "Kazakhstan",
    "KG": "Kyrgyzstan",
    "TJ": "Tajikistan",
    "TM": "Turkmenistan",
    "UZ": "Uzbekistan",
}


def draft(facts: ArticleFacts) -> tuple[str, str]:
    """Give title and body (Markdown) of the article."""
    countries = joined(sorted(COUNTRIES[code] for code in facts.attendance.countries))
    paragraphs = [
        _opening(facts, countries),
        *(_quoted(speaker) for speaker in facts.speakers[:1]),
        _topics(facts),
        _trainers(facts),
        *(_quoted(speaker) for speaker in facts.speakers[1:]),
        _belongs(facts),
        f"For enquiries: {', '.join(facts.contact)}." if facts.contact else "",
    ]
    return facts.title, "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def joined(parts: Sequence[str]) -> str:
    """Join with commas and a final "and"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _dates(facts: ArticleFacts) -> str:
    first, last = facts.first_day, facts.last_day
    until = date_words(last, "j E Y", "en")
    if first == last:
        return f"On {until}"
    since = date_words(first, "j" if first.month == last.month else "j E", "en")
    if (last - first).days == 1:
        return f"On {since} and {until}"
    return f"From {date_words(first, 'j E', 'en')} to {until}"


def _opening(facts: ArticleFacts, countries: str) -> str:
    who = facts.attendance
    if not who.total:
        return f"{_dates(facts)}, the online training course “{facts.title}” was held for law-enforcement officers."
    officers = (
        "one law-enforcement officer" if who.total == 1 else f"{who.total} law-enforcement officers"
    )
    sentence = f"{_dates(facts)}, {officers}"
    if countries:
        sentence += f" from {countries}"
    sentence += f" took part in the online training course “{facts.title}”."
    if who.women:
        sentence += (
            " One of them was a woman." if who.women == 1 else f" {who.women} of them were women."
        )
    return sentence


def _topics(facts: ArticleFacts) -> str:
    if not facts.topics:
        return ""
    listed = "\n".join(f"- {topic}" for topic in facts.topics)
    return f"The course covered:\n\n{listed}"


def _trainers(facts: ArticleFacts) -> str:
    if not facts.trainers:
        return ""
    return (
        f"The sessions were led by {joined([f'{t.name}, {t.function}' for t in facts.trainers])}."
    )


def _quoted(speaker: Named) -> str:
    return f"“{speaker.statement.strip(' “”«»')}” said {speaker.name}, {speaker.function}.".replace(
        ".” said", ",” said"
    )


def _belongs(facts: ArticleFacts) -> str:
    if not facts.projects:
        return ""
    named = joined([f"“{project}”" for project in facts.projects])
    noun = "project" if len(facts.projects) == 1 else "projects"
    sentence = f"The course was organised within the {noun} {named}"
    if facts.sub_programmes:
        sentence += f", part of {joined([f'“{s}”' for s in facts.sub_programmes])}"
    if facts.programmes:
        sentence += f" of the {joined([f'“{p}”' for p in facts.programmes])}"
    if facts.donors:
        sentence += f", with funding from {joined(facts.donors)}"
    return sentence + "."
