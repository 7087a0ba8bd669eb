"""How to say where a clock hangs: reviewed words, since Russian needs a case that no library gives."""

from django.utils.translation import get_language, gettext

_PLACES = {
    "Asia/Almaty": {"en": "in Almaty", "ru": "в Алматы"},
    "Asia/Aqtau": {"en": "in Aktau", "ru": "в Актау"},
    "Asia/Aqtobe": {"en": "in Aktobe", "ru": "в Актобе"},
    "Asia/Ashgabat": {"en": "in Ashgabat", "ru": "в Ашхабаде"},
    "Asia/Atyrau": {"en": "in Atyrau", "ru": "в Атырау"},
    "Asia/Bishkek": {"en": "in Bishkek", "ru": "в Бишкеке"},
    "Asia/Dushanbe": {"en": "in Dushanbe", "ru": "в Душанбе"},
    "Asia/Oral": {"en": "in Oral", "ru": "в Уральске"},
    "Asia/Qostanay": {"en": "in Kostanay", "ru": "в Костанае"},
    "Asia/Qyzylorda": {"en": "in Kyzylorda", "ru": "в Кызылорде"},
    "Asia/Samarkand": {"en": "in Samarkand", "ru": "в Самарканде"},
    "Asia/Tashkent": {"en": "in Tashkent", "ru": "в Ташкенте"},
    "Europe/Moscow": {"en": "in Moscow", "ru": "в Москве"},
    "Europe/Vienna": {"en": "in Vienna", "ru": "в Вене"},
    "UTC": {"en": "UTC", "ru": "UTC"},
}


def place_of(zone: str) -> str:
    """Give the words that follow a time in this IANA zone: "in Tashkent", «в Ташкенте»."""
    words = _PLACES.get(zone)
    if words is None:
        city = zone.rsplit("/", 1)[-1].replace("_", " ")
        return gettext("by the clock of %(city)s") % {"city": city}
    return words.get(get_language() or "en", words["en"])
