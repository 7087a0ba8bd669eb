"""The demo's officers: invented, the same every time, in the scripts and name forms of five countries."""

from dataclasses import dataclass
from itertools import cycle, islice, product

HEADER = (
    "Full name in own script",
    "Name in Latin letters, as in the passport",
    "Sex",
    "Language",
    "Rank",
    "E-mail",
)

# Family names: native and Latin form of a man's, then of a woman's.
FAMILIES = {
    "KZ": (
        ("Әбенұлы", "Abenuly", "Әбенқызы", "Abenkyzy"),
        ("Қарағаев", "Karagayev", "Қарағаева", "Karagayeva"),
        ("Тілеуғазин", "Tleugazin", "Тілеуғазина", "Tleugazina"),
        ("Жанәбіл", "Zhanabil", "Жанәбіл", "Zhanabil"),
    ),
    "KG": (
        ("Мамбет уулу", "Mambet uulu", "Мамбет кызы", "Mambet kyzy"),
        ("Токтоназаров", "Toktonazarov", "Токтоназарова", "Toktonazarova"),
        ("Сыдыгалиев", "Sydygaliev", "Сыдыгалиева", "Sydygalieva"),
        ("Өмүрзаков", "Omurzakov", "Өмүрзакова", "Omurzakova"),
    ),
    "TJ": (
        ("Ҳакимзода", "Hakimzoda", "Ҳакимзода", "Hakimzoda"),
        ("Қурбоншоев", "Qurbonshoev", "Қурбоншоева", "Qurbonshoeva"),
        ("Ҷалолов", "Jalolov", "Ҷалолова", "Jalolova"),
        ("Нурзода", "Nurzoda", "Нурзода", "Nurzoda"),
    ),
    "TM": (
        ("Çaryýarow", "Charyyarov", "Çaryýarowa", "Charyyarova"),
        ("Meretdurdyýew", "Meretdurdyyev", "Meretdurdyýewa", "Meretdurdyyeva"),
        ("Öwezgylyjow", "Ovezgylyjov", "Öwezgylyjowa", "Ovezgylyjova"),
    ),
    "UZ": (
        ("Yoʻldoshxoʻjayev", "Yuldoshkhujayev", "Yoʻldoshxoʻjayeva", "Yuldoshkhujayeva"),
        ("Toʻxtamurodov", "Tukhtamurodov", "Toʻxtamurodova", "Tukhtamurodova"),
        ("Gʻaybullayev", "Gaybullayev", "Gʻaybullayeva", "Gaybullayeva"),
        ("Rahmatxon oʻgʻli", "Rakhmatkhon ugli", "Rahmatxon qizi", "Rakhmatkhon kizi"),
    ),
}
# Given names: women's, then men's, native and Latin.
GIVEN = {
    "KZ": (
        (("Айгерім", "Aigerim"), ("Жансая", "Zhansaya"), ("Меруерт", "Meruyert")),
        (("Нұрлан", "Nurlan"), ("Ерболат", "Yerbolat"), ("Асхат", "Askhat")),
    ),
    "KG": (
        (("Айнура", "Ainura"), ("Жылдыз", "Zhyldyz"), ("Нургүл", "Nurgul")),
        (("Бакыт", "Bakyt"), ("Улан", "Ulan"), ("Чыңгыз", "Chyngyz")),
    ),
    "TJ": (
        (("Мадина", "Madina"), ("Фарзона", "Farzona"), ("Ҷамила", "Jamila")),
        (("Фаррух", "Farrukh"), ("Далер", "Daler"), ("Ҷамшед", "Jamshed")),
    ),
    "TM": (
        (("Ogulnur", "Ogulnur"), ("Jeren", "Jeren"), ("Aýna", "Ayna")),
        (("Merdan", "Merdan"), ("Döwlet", "Dovlet"), ("Batyr", "Batyr")),
    ),
    "UZ": (
        (("Dilnoza", "Dilnoza"), ("Malika", "Malika"), ("Nodira", "Nodira")),
        (("Sherzod", "Sherzod"), ("Otabek", "Otabek"), ("Jahongir", "Jahongir")),
    ),
}
NOMINATED = {"KZ": 20, "KG": 18, "TJ": 18, "TM": 14, "UZ": 20}
SEXES = ("Female", "Male", "Female", "Male", "Female", "Male", "Female", "Male", "Female")
RANKS = ("Junior", "Middle", "Middle", "Senior", "Junior", "Command", "Middle")
NATIONAL = {"KZ": "Қазақша", "KG": "Кыргызча", "TJ": "Тоҷикӣ", "TM": "Türkmençe", "UZ": "Oʻzbekcha"}
# Most read Russian, some their national language, a few English.
LANGUAGES = ("Русский", "Русский", "", "Русский", "English", "Русский", "Русский", "", "Русский")


@dataclass(frozen=True)
class DemoOfficer:
    """One row of the table that a focal point sends in, in the words of its template."""

    native_name: str
    latin_name: str
    sex: str
    language: str
    rank: str
    email: str

    def row(self) -> tuple[str, ...]:
        return (
            self.native_name, self.latin_name, self.sex, self.language, self.rank, self.email
        )  # fmt: skip


def officers_of(country: str) -> list[DemoOfficer]:
    """Give the officers of one country, women and men by turns; no two share a name."""
    women = _names(country, women=True)
    men = _names(country, women=False)
    attributes = zip(cycle(SEXES), cycle(RANKS), cycle(LANGUAGES), strict=False)
    return [
        _officer(country, number, women if sex == "Female" else men, sex, rank, language)
        for number, (sex, rank, language) in enumerate(islice(attributes, NOMINATED[country]))
    ]


def _officer(
    country: str,
    number: int,
    names: list[tuple[str, str]],
    sex: str,
    rank: str,
    language: str,
) -> DemoOfficer:
    native, latin = names.pop(0)
    # One in ten prefers not to say; her name says nothing either way.
    stated = "Prefer not to say" if number % 10 == 9 else sex
    email = f"{latin.split()[-1].lower()}.{number}@agency.example" if number % 3 == 0 else ""
    return DemoOfficer(native, latin, stated, language or NATIONAL[country], rank, email)


def _names(country: str, *, women: bool) -> list[tuple[str, str]]:
    given = GIVEN[country][0 if women else 1]
    families = [family[2:] if women else family[:2] for family in FAMILIES[country]]
    # Along the diagonals, so that neighbours in the list share neither name.
    pairs = sorted(
        product(range(len(given)), range(len(families))),
        key=lambda pair: ((pair[0] - pair[1]) % len(given), pair[1]),
    )
    return [
        (f"{families[f][0]} {given[g][0]}", f"{families[f][1]} {given[g][1]}") for g, f in pairs
    ]
