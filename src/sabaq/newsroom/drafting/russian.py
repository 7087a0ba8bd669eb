"""The draft in Russian: its own sentences, with the cases and plurals that the language asks for."""

from collections.abc import Sequence

from sabaq.newsroom.facts import ArticleFacts, Named, date_words

FROM_COUNTRIES = {
    "KZ": "Казахстана",
    "KG": "Кыргызстана",
    "TJ": "Таджикистана",
    "TM": "Туркменистана",
    "UZ": "Узбекистана",
}


def draft(facts: ArticleFacts) -> tuple[str, str]:
    """Give title and body (Markdown) of the article."""
    paragraphs = [
        _opening(facts),
        *(_quoted(speaker) for speaker in facts.speakers[:1]),
        _topics(facts),
        _trainers(facts),
        *(_quoted(speaker) for speaker in facts.speakers[1:]),
        _belongs(facts),
        f"Контакты: {', '.join(facts.contact)}." if facts.contact else "",
    ]
    return facts.title, "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def counted(number: int, one: str, few: str, many: str) -> str:
    """Give the form of the noun that stands after `number` (1 сотрудник, 2 сотрудника, 5 сотрудников)."""
    if number % 10 == 1 and number % 100 != 11:
        return one
    if number % 10 in {2, 3, 4} and number % 100 not in {12, 13, 14}:
        return few
    return many


def joined(parts: Sequence[str]) -> str:
    """Join with commas and a final «и»."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} и {parts[-1]}"


def _dates(facts: ArticleFacts) -> str:
    first, last = facts.first_day, facts.last_day
    until = f"{date_words(last, 'j E Y', 'ru')} года"
    if first == last:
        return until
    since = date_words(first, "j" if first.month == last.month else "j E", "ru")
    if (last - first).days == 1:
        return f"{since} и {until}"
    return f"С {date_words(first, 'j E', 'ru')} по {until}"


def _opening(facts: ArticleFacts) -> str:
    who = facts.attendance
    if not who.total:
        return f"{_dates(facts)} прошёл онлайн-курс «{_inner(facts.title)}» для сотрудников правоохранительных органов."
    verb = counted(who.total, "стал", "стали", "стали")
    noun = counted(who.total, "сотрудник", "сотрудника", "сотрудников")
    members = counted(who.total, "Участником", "Участниками", "Участниками")
    sentence = f"{_dates(facts)} прошёл онлайн-курс «{_inner(facts.title)}». "
    sentence += f"{members} {verb} {who.total} {noun} правоохранительных органов"
    countries = sorted(FROM_COUNTRIES[code] for code in who.countries)
    if countries:
        sentence += f" из {joined(countries)}"
    if who.women:
        sentence += f"; женщин среди них — {who.women}"
    return sentence + "."


def _inner(text: str) -> str:
    """Turn guillemets within a quoted title into „inner“ ones."""
    return text.replace("«", "„").replace("»", "“")


def _small(function: str) -> str:
    """Give a function as it stands within a sentence; an abbreviation keeps its capitals."""
    return function if function[1:2].isupper() else function[:1].lower() + function[1:]


def _topics(facts: ArticleFacts) -> str:
    if not facts.topics:
        return ""
    listed = "\n".join(f"- {topic}" for topic in facts.topics)
    return f"Темы курса:\n\n{listed}"


def _trainers(facts: ArticleFacts) -> str:
    if not facts.trainers:
        return ""
    verb = "Занятия вёл тренер" if len(facts.trainers) == 1 else "Занятия вели тренеры"
    return f"{verb}: {'; '.join(f'{t.name}, {_small(t.function)}' for t in facts.trainers)}."


def _quoted(speaker: Named) -> str:
    statement = _inner(speaker.statement.strip(" “”«»")).rstrip(".")
    return f"«{statement}», — {speaker.name}, {_small(speaker.function)}."


def _belongs(facts: ArticleFacts) -> str:
    if not facts.projects:
        return ""
    named = joined([f"«{_inner(project)}»" for project in facts.projects])
    noun = "проекта" if len(facts.projects) == 1 else "проектов"
    sentence = f"Курс организован в рамках {noun} {named}"
    if facts.sub_programmes:
        names = joined([f"«{_inner(s)}»" for s in facts.sub_programmes])
        sentence += f" ({names}"
        if facts.programmes:
            sentence += f"; {joined([f'«{_inner(p)}»' for p in facts.programmes])}"
        sentence += ")"
    sentence += "."
    if facts.donors:
        sentence += f" Финансирование: {joined(facts.donors)}."
    return sentence
