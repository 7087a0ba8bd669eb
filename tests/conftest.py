import os
import shutil
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from tests.chromium import CHROMIUM, CHROMIUM_ARGUMENTS, PATIENCE_MS
from tests.demo import Demo, copy_of, load_demo, of_all_workers, set_stage
from tests.factories import NOW
from tests.servers import Server, environment, fresh_database, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.plugin import DjangoDbBlocker

    from sabaq.courses.models import CourseVersion

IN_CI = os.environ.get("CI") == "true"
# On a slow machine an example may take its time; how long says nothing about whether it is right.
hypothesis.settings.register_profile(
    "patient",
    deadline=None,
    max_examples=50,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("patient")


def missing(what: str) -> None:
    """Skip this test for want of `what`; in CI, where everything must be there, fail it."""
    if IN_CI:
        pytest.fail(f"{what} is missing, and CI must have it")
    pytest.skip(f"{what} is missing")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave no data folder behind; only the process that made it may remove it."""
    folder = os.environ.get("SABAQ_TEST_DATA_DIR")
    if folder and not hasattr(config, "workerinput"):
        shutil.rmtree(folder, ignore_errors=True)


# These start the demo, which is always on SQLite, touch no database at all, or look at what browsers and the process
# tree do, whatever keeps the rows.
ONE_DATABASE = (
    "tests/adapters/pdf/",
    "tests/architecture/",
    "tests/e2e/",
    "tests/figures/test_class_wire.py",
    "tests/figures/test_followers.py",
    "tests/figures/test_wire.py",
    "tests/ops/test_bodies.py",
    "tests/ops/test_demo.py",
    "tests/ops/test_deploy.py",
    "tests/ops/test_limits.py",
    "tests/ops/test_serve.py",
    "tests/ops/test_supervisor.py",
    "tests/recovery/test_recovery.py",
    "tests/rehearsal/kills/test_accounts.py",
    "tests/rehearsal/kills/test_article.py",
    "tests/rehearsal/kills/test_attendance.py",
    "tests/rehearsal/kills/test_classes.py",
    "tests/rehearsal/kills/test_floor.py",
    "tests/rehearsal/kills/test_letters.py",
    "tests/rehearsal/kills/test_nominating.py",
    "tests/rehearsal/kills/test_questions.py",
    "tests/rehearsal/kills/test_roles.py",
    "tests/rehearsal/kills/test_surveys.py",
    "tests/rehearsal/kills/test_together.py",
    "tests/scripts/",
)


# Views: what they ask is tested on both where it is written (services, queries); that they answer, here on
# PostgreSQL, and on SQLite by the browsers that open every page of the demo (tests/e2e). What is learnt is killed
# here, and the rest there; the hub's own tests and the rehearsal of eight run on both.
EITHER_DATABASE = (
    "tests/classroom/test_server.py",
    "tests/doors/",
    "tests/figures/",
    "tests/rehearsal/kills/test_learning.py",
    "tests/web/",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what need not run on both databases, and let the slow begin."""
    root = Path(__file__).resolve().parent.parent
    for item in items:
        where = str(item.path.relative_to(root))
        if where.startswith(ONE_DATABASE) or not asks_a_database(item):
            item.add_marker(pytest.mark.one_database)
        elif where.startswith(EITHER_DATABASE):
            item.add_marker(pytest.mark.either_database)
        if item.get_closest_marker("e2e"):
            # Browsers and processes on two busy cores: what fails is tried once more, and named in the summary.
            item.add_marker(pytest.mark.flaky(reruns=1))
    # The long ones first: then at the end no worker waits for another.
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def asks_a_database(item: pytest.Item) -> bool:
    """Tell whether this test has a database: in its own process, or in that of a server it starts."""
    fixtures = getattr(item, "fixturenames", ())
    in_process = item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(fixtures)
    return bool(in_process or item.get_closest_marker("e2e"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: "DjangoDbBlocker") -> Iterator[None]:
    """Let no thread that is a moment late to hang up keep PostgreSQL from dropping the database of the tests."""
    yield
    from django.db import connection

    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def still_clock() -> Iterator[datetime]:
    """Hold `sabaq.kernel.clock` at `NOW` for this test's thread, views of the test client included."""
    from sabaq.kernel import clock

    with clock.frozen(NOW):
        yield NOW


@pytest.fixture(scope="session")
def pack_files() -> Mapping[str, bytes]:
    """Give the files of the course that comes with Sabaq."""
    from django.conf import settings

    from sabaq.courses.packs.paths import read_folder

    return read_folder(settings.PACKS_DIR / "gender-human-rights")


@pytest.fixture
def pack_version(db: None, pack_files: Mapping[str, bytes]) -> "CourseVersion":
    """Give the imported course that comes with Sabaq: `EditionFactory(version=pack_version)` has content."""
    from sabaq.courses.services.packs import import_pack

    return import_pack(pack_files, by=None, at=NOW)


@pytest.fixture(scope="module")
def server_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Give the environment of a real server: a data folder and a database of its own, in rehearsal mode."""
    with fresh_database() as url:
        data_dir = tmp_path_factory.mktemp("server") / "data"
        more = {"DATABASE_URL": url} if url else {}
        yield environment(data_dir, SABAQ_MODE="rehearsal", SABAQ_RATE_LIMIT_FACTOR="1000", **more)


@pytest.fixture(scope="module")
def sabaq_server(
    server_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """Give a real `sabaq serve` on a free port, one per test module. `sabaq_server.url` is its address."""
    log = tmp_path_factory.mktemp("server-log") / "server.log"
    with running("serve", "--port", "0", env=server_environment, log=log) as server:
        yield server


@pytest.fixture(scope="session")
def loaded_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the data of a demo that has not begun, loaded once for all workers. Run a copy of it: `copy_of`."""
    return load_demo(of_all_workers(tmp_path_factory.getbasetemp()))


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, loaded_demo: Path) -> Iterator[Demo]:
    """Give the running demo with something on every page (tests/demo_stage.py), without bar and bots.

    Leave it as it was.
    """
    folder = tmp_path_factory.mktemp("demo")
    copy_of(loaded_demo, folder / "data")
    env = environment(folder / "data", SABAQ_RATE_LIMIT_FACTOR="1000")
    with running("demo", "--bare", "--port", "0", env=env, log=folder / "log") as server:
        yield Demo(server, set_stage(env), env)


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """Give Debian's Chromium through Playwright; open a context of your own, or use `page`."""
    if not Path(CHROMIUM).exists():
        missing("Chromium (Debian package chromium)")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE_MS)
    # Playwright keeps an event loop on this thread, which Django would take for asynchronous code.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS, headless=True
        )
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
    else:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture
def page(chromium: "Browser") -> Iterator["Page"]:
    """Give a fresh page on a phone's screen, 360 px wide; resize it for a desktop."""
    context = chromium.new_context(viewport={"width": 360, "height": 740}, service_workers="allow")
    yield context.new_page()
    context.close()
