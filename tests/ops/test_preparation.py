import os
import sys

from sabaq.ops.preparation import TOLD, start_preparing
from sabaq.ops.supervisor import Child

PREPARES = f"import json, os, time; done = json.loads(os.environ[{TOLD!r}])['done']; "


def test_a_web_child_that_has_prepared_stays():
    says_so = "os.write(done, b'prepared'); os.close(done); time.sleep(600)"
    web = Child("web", [sys.executable, "-c", PREPARES + says_so])

    status = start_preparing(web, ["prepare"])

    assert status == 0
    assert not web.died()
    assert TOLD not in os.environ
    web.process.kill()
    web.process.wait()
    web.process.stdin.close()


def test_a_preparation_that_fails_gives_its_status():
    web = Child("web", [sys.executable, "-c", PREPARES + "raise SystemExit(3)"])

    assert start_preparing(web, ["prepare"]) == 3
    web.process.stdin.close()


def test_a_web_child_that_ends_well_without_having_prepared_is_a_failure_all_the_same():
    web = Child("web", [sys.executable, "-c", PREPARES])

    assert start_preparing(web, ["prepare"]) == 1
    web.process.stdin.close()
