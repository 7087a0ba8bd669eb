"""Polls on the console: the open one first, then those of this slide, those made on the spot, and the rest."""

from dataclasses import dataclass, field

from sabaq.classroom.models import PollRun, SpotPoll
from sabaq.classroom.queries.polls import as_poll, runs_of, spot_polls
from sabaq.classroom.rules.polls import LIVE_TOTALS_FROM
from sabaq.courses.models import Session
from sabaq.courses.packs import Poll
from sabaq.web.classroom.shown_polls import ShownPoll, ToTranslate, shown, to_translate
from sabaq.web.classroom.stage import topic_of


@dataclass(frozen=True)
class DeskPoll:
    """A poll on the console, as it was asked last and before. Totals come from the run, never from votes."""

    last: ShownPoll
    earlier: tuple[ShownPoll, ...]
    is_of_this_slide: bool
    is_spot: bool

    @property
    def key(self) -> str:
        return self.last.key

    @property
    def run(self) -> PollRun | None:
        return self.last.run

    @property
    def has_totals(self) -> bool:
        """Tell whether there is anything to show: enough have answered by now, or it has closed."""
        run = self.run
        return run is not None and (run.closed_at is not None or run.totalled > 0)

    @property
    def is_few(self) -> bool:
        """Tell whether so few have answered that totals may show who chose what."""
        return self.run is not None and 0 < self.run.counted < LIVE_TOTALS_FROM

    @property
    def after(self) -> str:
        return str(self.run.uuid) if self.run else ""


@dataclass(frozen=True)
class DeskPolls:
    polls: tuple[DeskPoll, ...]
    spots: list[SpotPoll] = field(repr=False)
    to_translate: tuple[ToTranslate, ...]
    least: int = LIVE_TOTALS_FROM

    @property
    def key(self) -> str:
        """Give how the polls look, so that they are redrawn only when they change."""
        return ".".join(
            f"{poll.key[-12:]}{poll.is_of_this_slide:d}" + _look_of(poll.run) for poll in self.polls
        ) + "".join(str(spot.revision) for spot in self.spots)

    def written_by(self, actor_key: str) -> int:
        """Give how many were made by this member of staff: the form is fresh after each."""
        return sum(spot.written_by == actor_key for spot in self.spots)


def polls_on_desk(session: Session, language: str, *, of_slide: str) -> DeskPolls:
    """Gather the polls of a session in two queries, and one more for each poll answered by words."""
    runs: dict[str, list[PollRun]] = {}
    for run in runs_of(session):
        runs.setdefault(run.poll, []).append(run)
    topic, spots = topic_of(session), list(spot_polls(session))
    prepared = [
        _desk_poll(poll, runs.get(poll.key, []), language, of_slide=of_slide)
        for poll in (topic.polls if topic else ())
    ]
    made = [
        _desk_poll(as_poll(spot), runs.get(str(spot.uuid), []), language, is_spot=True)
        for spot in spots
    ]
    polls = sorted([*made, *prepared], key=_place)
    return DeskPolls(tuple(polls), spots, to_translate(session, spots))


def _desk_poll(
    poll: Poll, runs: list[PollRun], language: str, *, of_slide: str = "", is_spot: bool = False
) -> DeskPoll:
    asked = [shown(poll, run, language) for run in reversed(runs)] or [shown(poll, None, language)]
    return DeskPoll(asked[0], tuple(asked[1:]), poll.key == of_slide, is_spot)


def _place(poll: DeskPoll) -> int:
    if poll.last.is_open:
        return 0
    if poll.run is not None and poll.run.results_shown_at is None:
        return 1
    if poll.run is None and (poll.is_of_this_slide or poll.is_spot):
        return 2
    return 3 if poll.run is None else 4


def _look_of(run: PollRun | None) -> str:
    if run is None:
        return ""
    seen = (run.pk, run.counted, run.totalled, run.counted_at, run.closed_at, run.results_shown_at)
    return "-".join(str(one) for one in (*seen, run.revision))
