"""The headers of every answer: what a page may load, where it may be shown, whether it is kept."""

import pytest

from tests.doors.table import TABLE
from tests.doors.test_every_url import path_to

# Nothing personal is in them, and a lost network must not take them away: the slides of a class, the pictures of packs.
# What the public reads is the same for everybody, and may be kept for a while.
KEPT = {
    "classroom:deck": "private",
    "public:picture": "immutable",
    "public:news_feed": "public, max-age=600",
    "public:news_photo": "public, max-age=600",
}


# An answer without content: nothing is shown, and its head would be all that a slow network carries.
EMPTY = {"public:still_here"}


@pytest.mark.parametrize(
    "row", [row for row in TABLE if row.name not in EMPTY], ids=lambda row: row.name
)
def test_every_answer_carries_the_security_headers_and_is_kept_nowhere(here, row):
    role = "participant" if row.door == "learner" else "organiser"

    response = here.client(role).get(path_to(row, here))

    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Referrer-Policy"] in {"same-origin", "strict-origin"}
    assert KEPT.get(row.name, "no-store") in response.headers["Cache-Control"]
    assert {"Accept-Language", "Cookie"} <= set(response.headers["Vary"].split(", "))


def test_an_answer_without_content_says_little_and_is_kept_nowhere(here):
    response = here.client("participant").get("/code/here/")

    assert response.status_code == 204
    assert set(response.headers) <= {"Cache-Control", "Content-Length", "Set-Cookie"}
    assert response.headers["Cache-Control"] == "no-store"
