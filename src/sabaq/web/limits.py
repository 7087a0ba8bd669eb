"""How often a door may be tried in vain.

Only failures count, so that a roomful of officers behind one address, all of whom come in, never shut
each other out.
"""

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest

from sabaq.kernel.ratelimit import count_attempt, refuse_when_exhausted
from sabaq.web.address import client_address


@dataclass(frozen=True)
class Limit:
    """At most `attempts` of `what` in each window of length `per`."""

    what: str
    attempts: int
    per: timedelta

    def refuse_when_exhausted(self, who: str, *, at: datetime) -> None:
        """Raise `TooManyAttempts` when nothing is left in this window."""
        refuse_when_exhausted(self.what, who, limit=self.attempts, per=self.per, at=at)

    def count(self, who: str, *, at: datetime) -> None:
        """Count one attempt, or raise `TooManyAttempts`."""
        count_attempt(self.what, who, limit=self.attempts, per=self.per, at=at)


_TEN_MINUTES = timedelta(minutes=10)

LINKS = Limit("links that open nothing", 60, _TEN_MINUTES)
# 40 bits a code: at this pace one address would need some 10,000 years to hit one of 1,000 codes.
CODES = Limit("codes that open nothing", 30, _TEN_MINUTES)
PASSWORDS_OF_ADDRESS = Limit("wrong passwords from an address", 30, _TEN_MINUTES)
PASSWORDS_OF_ACCOUNT = Limit("wrong passwords for an e-mail", 8, _TEN_MINUTES)
MAILS_OF_ADDRESS = Limit("sign-in codes asked from an address", 20, _TEN_MINUTES)
MAILS_OF_ACCOUNT = Limit("sign-in codes asked for an e-mail", 5, _TEN_MINUTES)
# Every check counts: who knows a number may look at it, and nobody needs to look at thousands.
CHECKS = Limit("certificates checked", 120, timedelta(hours=1))
# Only names that are not the holder's count: who checks the papers of a whole agency gets through.
NAMES_OF_ADDRESS = Limit("names not on a certificate from an address", 20, timedelta(hours=1))
NAMES_OF_NUMBER = Limit("names not on a certificate of this number", 20, timedelta(days=1))


def neighbourhood(request: HttpRequest) -> str:
    """Give the address that counts together: one IPv4 address, or the /64 that one IPv6 line has."""
    address = client_address(request)
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    return str(ipaddress.ip_network(f"{parsed}/64", strict=False).network_address)
