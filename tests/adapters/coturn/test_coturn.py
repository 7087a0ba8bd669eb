"""The detour as the real coturn keeps it: whom it lets in, until when, and where it leads."""

import socket
import time

import pytest

from sabaq.adapters.coturn.configuration import configuration
from sabaq.adapters.coturn.detours import CoturnDetours
from sabaq.classroom.ports import Detour
from tests.turn import TurnClient, coturn, turn_server

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = turn_server()
    with coturn(server, tmp_path_factory.mktemp("coturn")):
        yield server


@pytest.fixture
def come(server):
    """Give a function by which somebody comes with a detour."""
    lines = []

    def come(detour):
        lines.append(socket.create_connection(("127.0.0.1", server.port), timeout=10))
        return TurnClient(lines[-1], detour)

    yield come
    for line in lines:
        line.close()


def detour(server, good_for=60.0):
    return CoturnDetours(server, time.time).detour(good_for)


def test_a_detour_lets_its_holder_in_and_leads_to_the_engine(server, come):
    client = come(detour(server))

    assert (client.allocate(), client.permit(server.address)) == (0, 0)


def test_a_detour_that_has_lapsed_is_refused(server, come):
    assert come(detour(server, good_for=-5)).allocate() == 401


def test_a_detour_with_another_word_or_an_expiry_of_ones_own_is_refused(server, come):
    good = detour(server, good_for=-5)
    later = f"{int(time.time()) + 600}:{good.name.partition(':')[2]}"

    assert come(Detour(good.urls, later, good.word)).allocate() == 401
    assert come(Detour(good.urls, later, "guessed")).allocate() == 401
    assert come(Detour(good.urls, "nobody", "")).allocate() == 401


@pytest.mark.parametrize(
    "elsewhere",
    ["127.0.0.1", "0.0.0.0", "10.0.0.1", "192.168.0.1", "169.254.169.254", "8.8.8.8", "224.0.0.1"],
)
def test_it_leads_nowhere_else(server, come, elsewhere):
    client = come(detour(server))
    assert client.allocate() == 0

    assert client.permit(elsewhere) == 403
    assert client.permit(server.address) == 0


def test_it_carries_no_tcp_to_a_database_beside_the_engine(server, come):
    assert come(detour(server)).allocate_tcp() in {400, 403, 442}


def test_it_takes_no_udp_from_outside(server):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        # Whoever listens there would hold the port.
        probe.bind((server.address, server.port))


def test_each_line_has_a_name_of_its_own_and_tells_nobody_its_word(server):
    first, second = detour(server), detour(server)

    assert first.name != second.name
    assert first.word not in repr(first)
    assert int(first.name.partition(":")[0]) - time.time() == pytest.approx(60, abs=2)


def test_nobody_can_ask_coturn_for_more(server, tmp_path):
    lines = configuration(server, tmp_path).splitlines()

    assert {"no-cli", "no-tcp-relay", "no-udp", "use-auth-secret"} <= set(lines)
    assert [line for line in lines if line.startswith("allowed-peer-ip")] == [
        f"allowed-peer-ip={server.address}"
    ]
