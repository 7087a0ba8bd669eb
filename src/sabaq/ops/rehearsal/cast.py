"""Invented officers in the scripts of five countries, the same for the same seed."""

from collections.abc import Iterator
from itertools import product
from random import Random

from sabaq.ops.rehearsal.ledger import Officer
from sabaq.ops.rehearsal.stage import Agency, Stage

# Native and Latin: given names of women, of men; family names as women and as men bear them.
NAMES: dict[str, tuple[str, str, str, str]] = {
    "KZ": (
        "Айсұлу:Aisulu Құралай:Kuralai Сәуле:Saule Ұлжан:Ulzhan",
        "Әділет:Adilet Ғани:Gani Жәнібек:Zhanibek Еркін:Yerkin",
        "Өтегенова:Otegenova Қасенова:Kassenova Ілиясова:Iliyasova Тұрсынбек:Tursynbek",
        "Өтегенов:Otegenov Қасенов:Kassenov Ілиясов:Iliyasov Тұрсынбек:Tursynbek",
    ),
    "KG": (
        "Бермет:Bermet Гүлзат:Gulzat Айдай:Aidai Элиза:Eliza",
        "Таалай:Taalai Эрмек:Ermek Нурлан:Nurlan Азамат:Azamat",
        "Өмүралиева:Omuralieva Дүйшөнова:Duishonova Садырова:Sadyrova Кадырбекова:Kadyrbekova",
        "Өмүралиев:Omuraliev Дүйшөнов:Duishonov Садыров:Sadyrov Кадырбеков:Kadyrbekov",
    ),
    "TJ": (
        "Зарина:Zarina Нигина:Nigina Ҳанифа:Hanifa Ситора:Sitora",
        "Баҳром:Bahrom Ҷовид:Jovid Рустам:Rustam Сӯҳроб:Suhrob",
        "Қодирзода:Qodirzoda Ғафурова:Ghafurova Юсуфӣ:Yusufi Раҷабова:Rajabova",
        "Қодирзода:Qodirzoda Ғафуров:Ghafurov Юсуфӣ:Yusufi Раҷабов:Rajabov",
    ),
    "TM": (
        "Maýsa:Maysa Gözel:Gozel Ogulbike:Ogulbike Läle:Lale",
        "Begenç:Begench Serdar:Serdar Ýazmyrat:Yazmyrat Kerim:Kerim",
        "Ataýewa:Atayeva Nuryýewa:Nuryyeva Işanowa:Ishanova Saparowa:Saparova",
        "Ataýew:Atayev Nuryýew:Nuryyev Işanow:Ishanov Saparow:Saparov",
    ),
    "UZ": (
        "Oʻgʻiloy:Ugiloy Gulnora:Gulnora Shahnoza:Shahnoza Zulfiya:Zulfiya",
        "Oʻktam:Uktam Jasur:Jasur Baxtiyor:Bakhtiyor Sanjar:Sanjar",
        "Gʻulomova:Gulomova Xoʻjayeva:Khujayeva Ergasheva:Ergasheva Mirzayeva:Mirzayeva",
        "Gʻulomov:Gulomov Xoʻjayev:Khujayev Ergashev:Ergashev Mirzayev:Mirzayev",
    ),
}
SEXES = ("female", "male", "female", "male", "undisclosed")
RANKS = ("junior", "middle", "senior", "command", "middle", "junior", "")
LANGUAGES = ("ru", "en", "ru", "ru", "en")
LARGEST = 150


def invent_officers(stage: Stage, count: int, *, seed: int) -> list[Officer]:
    """Give `count` officers, country by country in turns, so that few as they may be all are there."""
    rng = Random(seed)  # noqa: S311 - a play, not a secret
    names = {
        (country, sex): _names(country, rng, women=sex)
        for country, sex in product(NAMES, (True, False))
    }
    agencies = _agencies_in_turn(stage, rng)
    return [_officer(rng, names, next(agencies), number) for number in range(count)]


def _officer(
    rng: Random,
    names: dict[tuple[str, bool], Iterator[tuple[str, str]]],
    agency: Agency,
    number: int,
) -> Officer:
    sex = rng.choice(SEXES)
    # Among those who prefer not to say, names say nothing either.
    named_as_woman = sex == "female" or (sex == "undisclosed" and rng.random() < 0.5)
    native, latin = next(names[agency.country, named_as_woman])
    return Officer(
        number=number,
        ability=rng.gauss(0.3, 0.9),
        gain=abs(rng.gauss(0.9, 0.5)),
        native_name=native,
        latin_name=latin,
        sex=sex,
        language=rng.choice(LANGUAGES),
        rank=rng.choice(RANKS),
        email=f"officer{number}@agency.example" if rng.random() < 0.3 else "",
        agency=agency.key,
        agency_kind=agency.kind,
        country=agency.country,
    )


def _names(country: str, rng: Random, *, women: bool) -> Iterator[tuple[str, str]]:
    given, family = NAMES[country][0 if women else 1], NAMES[country][2 if women else 3]
    pairs = list(product(given.split(), family.split()))
    rng.shuffle(pairs)
    split = [(first.split(":"), last.split(":")) for first, last in pairs]
    # A second officer of the same name is told apart by a second given name.
    yield from ((f"{last[0]} {first[0]}", f"{last[1]} {first[1]}") for first, last in split)
    for (first, last), (other, _) in zip(split, reversed(split), strict=True):
        yield f"{last[0]} {first[0]} {other[0]}", f"{last[1]} {first[1]} {other[1]}"


def _agencies_in_turn(stage: Stage, rng: Random) -> Iterator[Agency]:
    by_country = {
        country: [agency for agency in stage.agencies if agency.country == country]
        for country in sorted({agency.country for agency in stage.agencies})
    }
    while True:
        for agencies in by_country.values():
            yield rng.choice(agencies)
