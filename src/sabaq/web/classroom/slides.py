"""The slide in step, rendered once per slide, language and state, for all; and the whole deck to keep."""

from dataclasses import dataclass, field
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from sabaq.classroom.enums import ClassState
from sabaq.classroom.models import LiveClass
from sabaq.courses.models import Session
from sabaq.web.classroom.stage import deck_of, place_in, slide_in


@dataclass(frozen=True)
class Picture:
    """What stands on the stage: `slides` is the language of the slide, `language` that of the words around.

    Two pictures are equal when they look alike. `name` is the part it fills: "stage", or "back" for an
    earlier slide while the class goes on. `turns` says whether its reader may look back.
    """

    look: str
    slide: str
    slides: str
    language: str
    name: str = "stage"
    turns: bool = True
    session: Session = field(compare=False, kw_only=True)
    state: str = field(compare=False, kw_only=True, default=ClassState.LIVE)

    @property
    def key(self) -> str:
        """Give how the part looks, as far as one page can tell: it stays in its session."""
        if self.state != ClassState.LIVE:
            return f"{self.state}.{self.session.starts_at:%d%H%M}.{self.session.revision}"
        return f"{self.slide}.{self.slides}"

    @classmethod
    def of_now(
        cls, session: Session, live: LiveClass, slides: str, language: str, *, turns: bool = True
    ) -> "Picture":
        """Give the picture of where the class is."""
        look = f"{session.uuid.hex}.{live.state}.{session.starts_at:%Y%m%d%H%M}.{session.revision}"
        return cls(
            look, live.slide, slides, language, turns=turns, session=session, state=live.state
        )

    @classmethod
    def of_slide(
        cls, session: Session, slide: str, slides: str, language: str, *, name: str = "stage"
    ) -> "Picture":
        """Give the picture of one slide, with the way on to the next."""
        look = f"{session.uuid.hex}.kept"
        return cls(look, slide, slides, language, name, session=session)


@lru_cache(maxsize=512)
def picture_html(picture: Picture) -> SafeString:
    """Give the part of the page that shows `picture`."""
    session = picture.session
    deck = deck_of(session)
    return render_to_string(
        "classroom/parts/stage.html",
        {
            "key": picture.key,
            "name": picture.name,
            "turns": picture.turns,
            "is_kept": picture.look.endswith(".kept"),
            "state": picture.state,
            "session": session,
            "slide": slide_in(session, picture.slide, picture.slides),
            "place": place_in(deck, picture.slide) if deck else None,
            "shown_in": picture.slides,
        },
    )


def deck_html(session: Session, slides: str, language: str) -> SafeString:
    """Give every slide of the session as its part would look: a page that has it needs no more of the network."""
    deck = deck_of(session)
    parts = (
        picture_html(Picture.of_slide(session, one.id, slides, language))
        for one in (deck.slides if deck else ())
    )
    return mark_safe("".join(parts))  # noqa: S308 - each was rendered, and escaped, by a template
