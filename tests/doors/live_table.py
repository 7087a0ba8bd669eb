"""The doors table of what is no URL of Django's: `/live/<session>/…`, and the demo's own addresses.

`test_live_doors.py` and `test_demo_doors.py` fail on an address without a line here, and on a line without one.
"""

from tests.doors.table import PARTICIPANTS, act, form, page

# What is answered under `/live/<session>/` to a ticket of that session, and to one of any other.
LIVE = {
    "events": (200, 403),
    "poll": (200, 403),
    # Voice over plain HTTPS, where the server has an engine; of no language there is none.
    "sound": (404, 403),
    # A WebSocket has no status: let in, or closed with a code.
    "voice": ("in", 4403),
}

# A ticket is what opens `/live/`. By URL: who is given one, and what she hears by it: what is for `everybody`,
# `herself` too, or all that `staff` hears. Whoever is not named is given none.
EVERYBODY, HERSELF, STAFF = "everybody", "herself", "staff"
TEACHING = ("organiser", "host", "trainer", "administrator")
TICKETS = {
    "classroom:ticket": {
        **dict.fromkeys(TEACHING, STAFF),
        **dict.fromkeys(("interpreter", "guest"), EVERYBODY),
        **dict.fromkeys(PARTICIPANTS, HERSELF),
    },
    # Others look at a screen: it learns what everybody may.
    "classroom:hall_ticket": {"room": EVERYBODY},
    "trainer:screen_ticket": dict.fromkeys(TEACHING, EVERYBODY),
}

# In a demo anybody may be anybody; outside one these addresses do not exist (tests/web/demo/test_places.py).
DEMO = [
    page("demo:begin", door="open"),
    act("demo:be", door="open", data={"who": "organiser"}),
    form("demo:side_by_side", door="open"),
]
