"""What the bots ask, and when they do what they mean to do."""

import heapq
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

# Questions as officers ask them about interviewing and screening, without a case in them; by language.
LINES = (
    ("ru", "Как объяснить женщине её права, если переводчика рядом нет?"),
    ("en", "What do we tell her before the first question, and in which order?"),
    ("ru", "Где опрашивать женщину с маленьким ребёнком, если отдельной комнаты нет?"),
    ("uz", "Agar tarjimon boʻlmasa, suhbatni keyinga qoldirish mumkinmi?"),
    ("ru", "Как записать отказ от досмотра и кому о нём сообщить?"),
    ("en", "How do we write down what she said without adding our own judgement?"),
    ("ru", "Что делать, если женщина не может говорить дальше?"),
    ("ru", "Нужен ли протокол, если досмотр ничего не выявил?"),
    ("en", "What if somebody with her insists on answering for her?"),
    ("ru", "Как долго хранятся записи беседы и кто имеет к ним доступ?"),
)
# Enough for a class; a trainer who treats none of them should still find her desk.
QUESTIONS_AT_MOST = len(LINES)


@dataclass
class Agenda:
    """Acts and when they are due, by the machine's clock."""

    _planned: list[tuple[float, int, Callable[[], object]]] = field(default_factory=list)
    _number: Iterator[int] = field(default_factory=count)

    def plan(self, seconds: float, act: Callable[[], object]) -> None:
        """Mean to do it in so many seconds."""
        heapq.heappush(self._planned, (time.monotonic() + seconds, next(self._number), act))

    def due(self) -> Iterator[Callable[[], object]]:
        """Give what is due by now, in order, each once."""
        now = time.monotonic()
        while self._planned and self._planned[0][0] <= now:
            yield heapq.heappop(self._planned)[2]
