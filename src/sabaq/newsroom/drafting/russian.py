"""The draft in Russian: its own sentences, with the cases and plurals that the language asks for."""

from collections.abc import Sequence

from sabaq.newsroom.facts import ArticleFacts, date_words
from sabaq.newsroom.rules import ShareInWords, may_be_told, quote_line, share_in_words

FROM_COUNTRIES = {
    "KZ": "Казахстана",
    "KG": "Кыргызстана",
    "TJ": "Таджикистана",
    "TM": "Туркменистана",
    "UZ": "Узбекистана",
}
_NUMBERS = {2: "двух", 3: "трёх", 4: "четырёх", 5: "пяти"}


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
        f"Контакты: {', '.join(facts.contact)}." if facts.contact else "",
    ]
    return _title(facts), "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


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


def _countries(facts: ArticleFacts) -> list[str]:
    return sorted(FROM_COUNTRIES[code] for code in facts.attendance.countries)


def _title(facts: ArticleFacts) -> str:
    countries = _countries(facts)
    if not countries:
        return facts.title
    whose = countries[0] if len(countries) == 1 else f"{_NUMBERS[len(countries)]} стран"
    return f"Сотрудники правоохранительных органов {whose} приняли участие в курсе «{_inner(facts.title)}»"


def _dates(facts: ArticleFacts) -> str:
    first, last = facts.first_day, facts.last_day
    until = f"{date_words(last, 'j E Y', 'ru')} года"
    if first == last:
        return until
    if first.year != last.year:
        return f"С {date_words(first, 'j E Y', 'ru')} года по {until}"
    since = date_words(first, "j" if first.month == last.month else "j E", "ru")
    if (last - first).days == 1:
        return f"{since} и {until}"
    return f"С {date_words(first, 'j E', 'ru')} по {until}"


def _opening(facts: ArticleFacts) -> str:
    who, countries = facts.attendance, _countries(facts)
    course = "региональный онлайн-курс" if len(countries) > 1 else "онлайн-курс"
    sentence = f"{_dates(facts)} прошёл {course} «{_inner(facts.title)}»"
    if not countries:
        return f"{sentence} для сотрудников правоохранительных органов."
    if who.total:
        verb = counted(who.total, "принял", "приняли", "приняли")
        noun = counted(who.total, "сотрудник", "сотрудника", "сотрудников")
        officers = f"{verb} участие {who.total} {noun}"
    else:
        officers = "приняли участие сотрудники"
    sentence += f". В нём {officers} правоохранительных органов из {joined(countries)}"
    if who.women:
        sentence += f"; женщин среди них — {who.women}"
    return sentence + "."


def _inner(text: str) -> str:
    """Turn guillemets within a quoted title into „inner“ ones."""
    return text.replace("«", "„").replace("»", "“")


def _small(function: str) -> str:
    """Give a function as it stands within a sentence; an abbreviation keeps its capitals."""
    return function if function[1:2].isupper() else function[:1].lower() + function[1:]


def _trainers(facts: ArticleFacts) -> str:
    if not facts.trainers:
        return ""
    verb = "Занятия провёл тренер" if len(facts.trainers) == 1 else "Занятия провели тренеры"
    return f"{verb}: {'; '.join(f'{t.name}, {_small(t.function)}' for t in facts.trainers)}."


def _topics(facts: ArticleFacts) -> str:
    if not facts.topics:
        return ""
    listed = "\n".join(f"- {topic}" for topic in facts.topics)
    return f"Темы курса:\n\n{listed}"


_SHARES = {
    ShareInWords.ALL: "согласились все",
    ShareInWords.NEARLY_ALL: "согласились почти все",
    ShareInWords.MORE_THAN_THREE_QUARTERS: "согласились более трёх четвертей",
    ShareInWords.MORE_THAN_TWO_THIRDS: "согласились более двух третей",
    ShareInWords.MORE_THAN_HALF: "согласились более половины",
    ShareInWords.HALF: "согласилась половина",
    ShareInWords.FEWER_THAN_HALF: "согласились менее половины",
}


def _survey(facts: ArticleFacts) -> str:
    opinion = facts.opinion
    if opinion is None or not may_be_told(opinion):
        return ""
    words = _SHARES[share_in_words(opinion.agreed, opinion.answered)]
    of_all = counted(opinion.answered, "ответившего", "ответивших", "ответивших")
    return (
        f"В конце курса участники заполнили конфиденциальную анкету. Из {opinion.answered} "
        f"{counted(opinion.answered, 'участника', 'участников', 'участников')}, {of_all} на её вопрос, "
        f"с утверждением «{_inner(opinion.statement).rstrip('.')}» {words}."
    )


def _belongs(facts: ArticleFacts) -> str:
    if not facts.projects:
        return ""
    named = joined([f"«{_inner(project)}»" for project in facts.projects])
    noun = "проекта" if len(facts.projects) == 1 else "проектов"
    sentence = f"Курс проведён в рамках {noun} {named}"
    wider = [f"«{_inner(name)}»" for name in (*facts.sub_programmes, *facts.programmes)]
    if wider:
        sentence += f" ({'; '.join(wider)})"
    sentence += "."
    if facts.donors:
        whose = "проекта" if len(facts.projects) == 1 else "проектов"
        sentence += f" Финансирование {whose}: {joined(facts.donors)}."
    return sentence
