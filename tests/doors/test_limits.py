"""How often links and codes may be tried in vain, and whose attempts count together."""

from datetime import timedelta

import pytest
from django.test import Client, RequestFactory

from sabaq.enrolment.links import link_code, link_token
from sabaq.kernel import clock
from sabaq.web.address import client_address
from sabaq.web.limits import neighbourhood
from tests.factories import NOW, AccessLinkFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]


@pytest.fixture(autouse=True)
def real_limits(settings):
    settings.RATE_LIMIT_FACTOR = 1


def guess_codes(client: Client, times: int) -> list[int]:
    return [client.post("/code/", {"code": f"0000{n:04}"}).status_code for n in range(times)]


def test_codes_that_open_nothing_are_limited_and_the_page_says_until_when(client):
    answers = guess_codes(client, 31)

    refused = client.post("/code/", {"code": link_code(AccessLinkFactory().uuid)})
    assert answers == [422] * 30 + [429]
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "600"
    assert "Wait 10 min and try again; nothing is lost." in refused.content.decode()


def test_links_that_open_nothing_are_limited(client):
    answers = [client.get(f"/i/nothing-{n}/").status_code for n in range(61)]

    good = f"/i/{link_token(AccessLinkFactory().uuid)}/"
    assert answers == [404] * 60 + [429]
    assert client.get(good).status_code == 429
    assert Client(REMOTE_ADDR="192.0.2.9").get(good).status_code == 200
    with clock.frozen(NOW + timedelta(minutes=10)):
        assert client.get(good).status_code == 200


def test_a_roomful_behind_one_address_comes_in_without_being_counted():
    for link in AccessLinkFactory.create_batch(70):
        response = Client().post("/code/", {"code": link_code(link.uuid), "answer": "me"})
        assert response.status_code == 302


@pytest.mark.parametrize(
    ("tls", "forwarded", "address"),
    [
        (False, None, "192.0.2.1"),
        (False, "203.0.113.9", "192.0.2.1"),  # nobody in front of us: a client wrote it
        (True, None, "192.0.2.1"),
        (True, "203.0.113.9", "203.0.113.9"),
        (True, "10.0.0.1, 203.0.113.9", "203.0.113.9"),  # the first hop is the client's invention
    ],
)
def test_the_forwarded_address_is_believed_only_behind_our_own_proxy(
    settings, tls, forwarded, address
):
    settings.TLS = tls
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}

    request = RequestFactory(REMOTE_ADDR="192.0.2.1").get("/", headers=headers)

    assert client_address(request) == address


@pytest.mark.parametrize(
    ("address", "counted_as"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("not an address", "not an address"),
    ],
)
def test_one_ipv6_line_counts_as_one(address, counted_as):
    assert neighbourhood(RequestFactory(REMOTE_ADDR=address).get("/")) == counted_as


def test_behind_our_proxy_each_visitor_has_her_own_number_of_certificate_checks(settings):
    settings.TLS = True

    def check(address: str) -> int:
        headers = {"X-Forwarded-For": address, "X-Forwarded-Proto": "https"}
        return Client(headers=headers).get("/check/2027-0000-0000/").status_code

    answers = [check("203.0.113.9") for _ in range(121)]

    assert answers == [404] * 120 + [429]
    assert check("203.0.113.10") == 404
