"""Writers and tails of one class, each a process of its own, on the database of the environment.

Run as `python -m tests.recovery.processes WRITERS EVENTS LOOK_EVERY`; prints as JSON the log as it stands in the
database at the end, what each tail heard, and how long after its commit each event was heard.
"""

import asyncio
import json
import os
import random
import sys
import time
from collections.abc import Callable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sabaq.config.settings")

import django

django.setup()

from sabaq.classroom.enums import Audience  # noqa: E402
from sabaq.classroom.events.hands import HandRaised  # noqa: E402
from sabaq.classroom.events.running import SlideShown  # noqa: E402
from sabaq.classroom.events.timekeeping import FiveMinutesSent  # noqa: E402
from sabaq.classroom.log import append, locked_class  # noqa: E402
from sabaq.classroom.models import ClassEvent  # noqa: E402
from sabaq.courses.models import Session  # noqa: E402
from sabaq.enrolment.models import Enrolment  # noqa: E402
from sabaq.kernel import clock  # noqa: E402
from sabaq.people.actors import acting  # noqa: E402
from sabaq.web.live import hub as hub_module  # noqa: E402
from sabaq.web.live.app import LiveApp  # noqa: E402
from sabaq.web.live.hub import Hub  # noqa: E402
from sabaq.web.live.tickets import Ticket, write_ticket  # noqa: E402

SECONDS = 120
TAILS = 2


def main(writers: int, events: int, look_every: float) -> None:
    """Start the tails, then the writers; print what came of it."""
    hub_module.LOOK_EVERY = look_every
    ready = [os.pipe() for _ in range(TAILS)]
    tails = [start(lambda to=to: tail(writers * events, to[1])) for to in ready]
    for reading, _ in ready:
        os.read(reading, 1)  # it follows
    writing = [start(lambda number=number: write(number, events)) for number in range(writers)]
    committed = {seq: at for one in writing for seq, at in finish(one)}
    heard = [finish(one) for one in tails]
    rows = ClassEvent.objects.filter(session=session()).order_by("seq")
    print(
        json.dumps(
            {
                "log": [[row.seq, row.audience, row.enrolment_id] for row in rows],
                "enrolment": enrolment().pk,
                "tails": [{who: told["chain"] for who, told in one.items()} for one in heard],
                "milliseconds": [
                    (at - committed[seq]) * 1000
                    for one in heard
                    for (seq, _), at in zip(one["staff"]["chain"], one["staff"]["at"], strict=True)
                ],
            }
        )
    )


def session() -> Session:
    return Session.objects.latest("id")


def enrolment() -> Enrolment:
    return Enrolment.objects.filter(edition=session().edition).earliest("id")


def start(job: Callable[[], Any]) -> tuple[int, int]:
    """Run `job` in a child of this process; give the child and the pipe by which its answer comes."""
    from django.db import connections

    connections.close_all()  # a connection belongs to one process
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    status = 1
    try:
        with os.fdopen(writing, "w") as answer:
            json.dump(job(), answer)
        status = 0
    finally:
        os._exit(status)


def finish(started: tuple[int, int]) -> Any:
    child, reading = started
    with os.fdopen(reading) as answer:
        text = answer.read()
    _, status = os.waitpid(child, 0)
    if status:
        raise SystemExit(f"a process ended with {status}")
    return json.loads(text)


def write(number: int, events: int) -> list[tuple[int, float]]:
    """Append events of every audience; commit each a while after it was written."""
    chance = random.Random(number)
    here, her, by = session(), enrolment(), acting(f"Writer {number}")
    committed = []
    for _ in range(events):
        event, options = chance.choice(
            [
                (SlideShown("one", "0" * 64), {}),
                (FiveMinutesSent(), {"audience": Audience.STAFF}),
                (HandRaised("0", her.pk), {"enrolment_id": her.pk}),
            ]
        )
        with locked_class(here) as live:
            row = append(live, event, by=by, at=clock.now(), **options)
            time.sleep(chance.uniform(0, 0.01))
        committed.append((row.seq, time.time()))
        time.sleep(chance.uniform(0, 0.02))
    return committed


def tail(number: int, ready: int) -> dict[str, Any]:
    """Follow as staff and as one participant until staff have heard of `number` events."""
    return asyncio.run(_tail(number, ready))


async def _tail(number: int, ready: int) -> dict[str, Any]:
    here, her = await asyncio.to_thread(lambda: (session(), enrolment()))
    hub = Hub()
    hub.start()
    app = LiveApp(hub)
    staff = Ear(app, here, Ticket(here.pk, here.uuid, is_staff=True))
    participant = Ear(app, here, Ticket(here.pk, here.uuid, enrolment_id=her.pk))
    while hub.following < 2:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    os.write(ready, b"!")
    deadline = time.monotonic() + SECONDS
    while len(staff.chain) < number and time.monotonic() < deadline:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.5)  # time for what must not come: doubles
    hub.close()
    await asyncio.gather(staff.task, participant.task)
    hub.stop()
    return {"staff": vars_of(staff), "participant": vars_of(participant)}


class Ear:
    """One stream of the application, spoken to as a server would."""

    def __init__(self, app: LiveApp, here: Session, ticket: Ticket) -> None:
        scope = {
            "type": "http",
            "method": "GET",
            "path": f"/live/{here.uuid}/events",
            "query_string": f"ticket={write_ticket(ticket, at=clock.now())}&after=0".encode(),
            "headers": [],
        }
        self.chain: list[tuple[int, int]] = []
        self.at: list[float] = []
        self.gone = asyncio.Event()
        self.task = asyncio.ensure_future(app(scope, self._receive, self._send))

    async def _receive(self) -> dict[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        for line in message.get("body", b"").split(b"\n"):
            if line.startswith(b"data: {"):
                event = json.loads(line[6:])
                self.chain.append((event["seq"], event["prev"]))
                self.at.append(time.time())
        if message["type"] == "http.response.body" and not message["more_body"]:
            self.gone.set()


def vars_of(ear: Ear) -> dict[str, Any]:
    return {"chain": ear.chain, "at": ear.at}


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
