"""Followers of a live class cost a socket each, and nothing else of the server."""

import threading

import pytest

from tests.demo import Demo, tickets_of
from tests.figures.followers import (
    Followers,
    files_of,
    slide_to_turn_to,
    threads_of,
    trainer_in_class,
)
from tests.figures.limits import FOLLOWERS

pytestmark = pytest.mark.e2e


def test_two_hundred_followers_hold_neither_threads_nor_database_connections(demo: Demo) -> None:
    web = demo.server.children()["web"]
    followers = Followers(demo.url, demo.stage["session"], tickets_of(demo.env))
    trainer = trainer_in_class(demo.url, demo.stage)
    path, form = slide_to_turn_to(trainer, demo.stage)
    trainer.close()  # an idle connection would end by itself at some point, and be missed below
    try:
        followers.grow_to(5)
        threads, (files, sockets) = threads_of(web), files_of(web)

        followers.grow_to(FOLLOWERS)

        assert threads_of(web) == threads
        assert files_of(web) == (files, sockets + FOLLOWERS - 5)
        turn = threading.Thread(target=trainer.post, args=(path,), kwargs=form)
        followers.milliseconds_until_all_hear(form["slide"], turn)
    finally:
        followers.close()
        trainer.close()
