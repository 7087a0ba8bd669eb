"""The rows of a live session, a module a topic."""

from sabaq.classroom.models.announcements import Announcement
from sabaq.classroom.models.attendance import Presence, PresenceCorrection, RoomMark
from sabaq.classroom.models.booths import BoothSeat
from sabaq.classroom.models.captions import Caption
from sabaq.classroom.models.floor import FloorGrant
from sabaq.classroom.models.hands import Hand
from sabaq.classroom.models.helping import HelpCall
from sabaq.classroom.models.log import ClassEvent, LiveClass
from sabaq.classroom.models.polls import PollRun, PollWord, SpotPoll, Vote
from sabaq.classroom.models.questions import Question, QuestionTranslation, Support

__all__ = [
    "Announcement",
    "BoothSeat",
    "Caption",
    "ClassEvent",
    "FloorGrant",
    "Hand",
    "HelpCall",
    "LiveClass",
    "PollRun",
    "PollWord",
    "Presence",
    "PresenceCorrection",
    "Question",
    "QuestionTranslation",
    "RoomMark",
    "SpotPoll",
    "Support",
    "Vote",
]
