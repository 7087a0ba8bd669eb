"""Per-language values of short staff-written texts (django-i18nfield), and what a reader sees of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from i18nfield.strings import LazyI18nString


@dataclass(frozen=True)
class Text:
    """A text in the language it was found in; `is_fallback` when that is not the one asked for."""

    text: str
    language: str
    is_fallback: bool

    def __str__(self) -> str:
        return self.text


def values_of(value: "LazyI18nString | Mapping[str, str] | str | None") -> dict[str, str]:
    """Give the plain language -> text mapping behind any of our per-language values."""
    data = value.data if isinstance(value, LazyI18nString) else value
    if data is None:
        return {}
    if isinstance(data, Mapping):
        return {code: str(text) for code, text in data.items() if text}
    return {settings.LANGUAGE_CODE: str(data)}


def text_in(value: "LazyI18nString | Mapping[str, str] | str | None", language: str) -> Text:
    """Give the text in `language`, else in Russian, else in English, else any, marked as a fallback."""
    values = values_of(value)
    if language in values:
        return Text(values[language], language, is_fallback=False)
    for code in ("ru", "en", *values):
        if code in values:
            return Text(values[code], code, is_fallback=True)
    return Text("", language, is_fallback=False)
