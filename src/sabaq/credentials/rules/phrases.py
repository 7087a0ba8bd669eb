"""What stands on every certificate, beside what an edition says itself.

English and Russian come from the catalogue. For a national language this is where the office begins: it
corrects these phrases, and they are printed once a person named by it has checked them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext

from sabaq.credentials.enums import CertificateKind
from sabaq.people.enums import Country, Language

NATIONAL_LANGUAGE = {
    Country.KAZAKHSTAN: Language.KAZAKH,
    Country.KYRGYZSTAN: Language.KYRGYZ,
    Country.TAJIKISTAN: Language.TAJIK,
    Country.TURKMENISTAN: Language.TURKMEN,
    Country.UZBEKISTAN: Language.UZBEK,
}


@dataclass(frozen=True)
class Phrases:
    """`participation` and `completion` head the certificate, `participated` and `completed` lead to the course."""

    participation: str
    completion: str
    issued_to: str
    participated: str
    completed: str
    number: str
    issued: str
    check: str
    online: str

    def title(self, kind: str) -> str:
        return self.completion if kind == CertificateKind.COMPLETION else self.participation

    def confirms(self, kind: str) -> str:
        return self.completed if kind == CertificateKind.COMPLETION else self.participated


def phrases_of(language: str) -> Phrases:
    """Give the phrases in English or Russian, or those to begin with in a national language."""
    if language in _SUGGESTED:
        return Phrases(**_SUGGESTED[language])
    with translation.override(language):
        return Phrases(
            participation=gettext("Certificate of participation"),
            completion=gettext("Certificate of completion"),
            issued_to=gettext("This certificate is issued to"),
            participated=gettext("in confirmation of participation in the training course"),
            completed=gettext("in confirmation of completing the training course"),
            number=gettext("Certificate number"),
            issued=gettext("Date of issue"),
            check=gettext("Check this certificate at"),
            online=gettext("online"),
        )


_SUGGESTED: Mapping[str, Mapping[str, str]] = {
    "kk": {
        "participation": "Қатысу туралы сертификат",
        "completion": "Курсты аяқтау туралы сертификат",
        "issued_to": "Осы сертификат мына адамға берілді:",
        "participated": "оқу курсына қатысқанын растау үшін",
        "completed": "оқу курсын аяқтағанын растау үшін",
        "number": "Сертификат нөмірі",
        "issued": "Берілген күні",
        "check": "Сертификатты тексеру",
        "online": "онлайн",
    },
    "ky": {
        "participation": "Катышуу жөнүндө сертификат",
        "completion": "Курсту аяктоо жөнүндө сертификат",
        "issued_to": "Бул сертификат төмөнкү адамга берилди:",
        "participated": "окуу курсуна катышкандыгын тастыктоо үчүн",
        "completed": "окуу курсун аяктагандыгын тастыктоо үчүн",
        "number": "Сертификаттын номери",
        "issued": "Берилген күнү",
        "check": "Сертификатты текшерүү",
        "online": "онлайн",
    },
    "tg": {
        "participation": "Сертификати иштирок",
        "completion": "Сертификати хатми курс",
        "issued_to": "Ин сертификат дода шуд ба",
        "participated": "барои тасдиқи иштирок дар курси омӯзишӣ",
        "completed": "барои тасдиқи хатми курси омӯзишӣ",
        "number": "Рақами сертификат",
        "issued": "Санаи додашуда",
        "check": "Санҷиши сертификат",
        "online": "онлайн",
    },
    "tk": {
        "participation": "Gatnaşandygy hakynda şahadatnama",
        "completion": "Okuwy tamamlandygy hakynda şahadatnama",
        "issued_to": "Bu şahadatnama şu adama berildi:",
        "participated": "okuw kursuna gatnaşandygyny tassyklamak üçin",
        "completed": "okuw kursuny tamamlandygyny tassyklamak üçin",
        "number": "Şahadatnamanyň belgisi",
        "issued": "Berlen senesi",
        "check": "Şahadatnamany barlamak",
        "online": "onlaýn",
    },
    "uz": {
        "participation": "Ishtirok etganlik toʻgʻrisida sertifikat",
        "completion": "Kursni tugatganlik toʻgʻrisida sertifikat",
        "issued_to": "Ushbu sertifikat quyidagi shaxsga berildi:",
        "participated": "oʻquv kursida ishtirok etganini tasdiqlash uchun",
        "completed": "oʻquv kursini tugatganini tasdiqlash uchun",
        "number": "Sertifikat raqami",
        "issued": "Berilgan sana",
        "check": "Sertifikatni tekshirish",
        "online": "onlayn",
    },
}
