"""The acts in their order, and who is in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from sabaq.ops.rehearsal import (
    article,
    asking,
    classroom,
    closing,
    letters,
    nominating,
    opening,
    polling,
    replacing,
    strangers,
    surveys,
    testing,
    visitors,
)
from sabaq.ops.rehearsal.habits import NOT_ON_BOTH_DAYS, Habit
from sabaq.ops.rehearsal.ledger import Officer
from sabaq.ops.rehearsal.play import Play
from sabaq.ops.rehearsal.room import Room
from sabaq.ops.rehearsal.summary import Costs

# The model case: 90 nominated for 64 seats, four called away on the morning.
NOMINATED_FOR, SEATS_OF_MODEL = 90, 64
CALLED_OFF_OF = 16
FIRST_DAY = ("human-rights", "interviewing-screening")
SECOND_DAY = ("gender-competence", "survivors")


@dataclass(frozen=True)
class Company:
    """How many are on the stage. The reserve list fills the seats of those called away, but one for a latecomer."""

    participants: int
    nominated: int
    called_off: int

    @classmethod
    def of(cls, participants: int) -> "Company":
        """Give the company in the proportions of the model case; the smallest has one on each list."""
        called_off = max(2, participants // CALLED_OFF_OF)
        fewest = participants + called_off + 2
        nominated = max(fewest, round(participants * NOMINATED_FOR / SEATS_OF_MODEL))
        return cls(participants, nominated, called_off)

    @property
    def size(self) -> int:
        """Give how many officers there are: the nominated, and a latecomer."""
        return self.nominated + 1

    def chosen(self, officers: Sequence[Officer]) -> Sequence[Officer]:
        return officers[: self.participants]

    def reserve(self, officers: Sequence[Officer]) -> Sequence[Officer]:
        others = officers[self.participants : self.nominated - 1]
        return others[: max(self.called_off, len(others) // 2)]

    def declined(self, officers: Sequence[Officer]) -> Sequence[Officer]:
        others = officers[self.participants : self.nominated - 1]
        return others[max(self.called_off, len(others) // 2) :]


def perform(play: Play, costs: Costs, participants: int) -> None:
    """Go through the acts. What is done is noted in the book; what must be refused is tried on the way."""
    company, officers = Company.of(participants), play.ledger.officers
    chosen, reserve = company.chosen(officers), company.reserve(officers)
    *nominated, latecomer = officers
    with costs.act("Agencies nominate"):
        nominating.nominate(play, nominated)
        nominating.take_back(play, nominated[-1])
        nominating.refuse_bad_nominations(play, chosen[0])
    with costs.act("The organiser decides, and letters are written"):
        nominating.decide(play, chosen, reserve, company.declined(officers))
        letters.collect_letters(play, chosen)
    with costs.act("Participants come in and sit the first test"):
        _come_in(play, chosen)
    with costs.act("On the morning some are replaced"):
        _replace(play, reserve[: company.called_off - 1], latecomer)
    guest = visitors.invite_guest(play, SECOND_DAY[1])
    for day, keys in (("First", FIRST_DAY), ("Second", SECOND_DAY)):
        for key in keys:
            with costs.act(f"{day} day in class: {key}"):
                classroom.hold_class(play, key, _scenes(play, key, guest))
    with costs.act("The second test, the survey, the certificates"):
        _close(play)
    with costs.act("Nine days later: the survey is closed, the article goes through its steps"):
        _look_back(play, guest)


def _come_in(play: Play, chosen: Sequence[Officer]) -> None:
    opening.before_the_course(play)
    coming = [officer for officer in chosen if play.habit(officer) != Habit.ABSENT]
    letters.replace_link(play, coming[0])
    letters.close_link(play, coming[1])
    sharing, others = coming[:2], coming[2:]
    opening.share_a_device(play, sharing, partial(testing.sit_the_test_before, play))
    for number, officer in enumerate(others):
        opening.open_the_course(play, officer, by_code=number % 2 == 0, correct_sex=number == 1)
        if play.habit(officer) == Habit.TWO_DEVICES:
            second = play.of(officer, device=" second")
            opening.enter_by_code(second, officer.code)
        if number % 8 != 1:
            testing.sit_the_test_before(play, officer)
            surveys.answer_survey(play, officer, surveys.OPENING)


def _replace(play: Play, reserve: Sequence[Officer], latecomer: Officer) -> None:
    called_off = play.with_habit(Habit.CALLED_OFF)
    replacing.replace_on_the_morning(play, called_off, reserve, FIRST_DAY[0])
    replacing.admit_latecomer(play, latecomer, FIRST_DAY[0])
    for officer in reserve:
        testing.sit_the_test_before(play, officer)
    visitors.make_a_room(play)


def _scenes(play: Play, key: str, guest: str) -> dict[int, list[classroom.Scene]]:
    """Give what happens in this class, after so many steps of it."""

    def fill_the_hall(room: Room) -> None:
        visitors.mark_who_sits_there(room, play.with_habit(Habit.IN_ROOM))

    def let_the_guest_in(room: Room) -> None:
        visitors.follow_as_guest(room, guest)

    scenes: dict[str, dict[int, list[classroom.Scene]]] = {
        FIRST_DAY[0]: {0: [fill_the_hall], 4: [polling.hold_prepared_poll]},
        FIRST_DAY[1]: {
            0: [fill_the_hall],
            3: [strangers.refuse_strangers],
            7: [asking.raise_hands, asking.ask_questions],
            13: [asking.announce],
        },
        SECOND_DAY[0]: {5: [polling.hold_poll_of_words], 11: [strangers.both_trainers_press]},
        SECOND_DAY[1]: {4: [polling.hold_prepared_poll], 8: [let_the_guest_in]},
    }
    return scenes[key]


def _close(play: Play) -> None:
    play.clock.set(play.moment("closing"))
    here = [one for one in play.ledger.participants if one.registered]
    came = [one for one in here if play.habit(one) not in NOT_ON_BOTH_DAYS]
    testing.refuse_bad_answers(play, came[0])
    for officer in play.with_habit(Habit.TWO_DEVICES):
        testing.answer_on_two_devices(play, officer, " second")
    for number, officer in enumerate(came):
        testing.sit_the_test(play, officer, leave_one_out=number == 1, change_mind=number % 2 == 0)
    for officer in play.with_habit(Habit.FIRST_DAY_ONLY):
        testing.give_up_the_test(play, officer)
    for officer in came:
        surveys.answer_survey(play, officer, surveys.CLOSING)
    closing.issue_certificates(play)
    closing.reissue_one(play)


def _look_back(play: Play, guest: str) -> None:
    play.clock.set(play.moment("closing", after=closing.DAYS_LATER))
    visitors.refuse_expired(play, guest)
    for officer in play.with_habit(Habit.FIRST_DAY_ONLY):
        testing.hand_in_too_late(play, officer)
    surveys.close_surveys(play)
    article.draft(play)
    article.approve(play)
