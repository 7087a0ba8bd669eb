from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from sabaq.kernel.audit import Signatory, record
from sabaq.kernel.rows import Put, put, recorded
from sabaq.people.errors import AccountExists
from sabaq.people.models import Account, Agency


@transaction.atomic
def create_account(
    email: str,
    *,
    by: Signatory | None,
    at: datetime,
    name: str = "",
    password: str | None = None,
    administrator: bool = False,
    language: str = "en",
) -> Account:
    """Create a staff account; without `password` it signs in by e-mailed code. Raises `AccountExists`."""
    if Account.objects.filter(email__iexact=email).exists():
        raise AccountExists(email=email)
    account = Account(
        email=email.strip().lower(),
        name=name,
        is_administrator=administrator,
        language=language,
        created_at=at,
    )
    account.set_password(password)
    account.save()
    record(account, "created", by=by, at=at)
    return account


@transaction.atomic
def save_agency(
    key: str,
    *,
    name: Mapping[str, str],
    country: str,
    kind: str,
    by: Signatory | None,
    at: datetime,
) -> Put[Agency]:
    """Make the agency `key`, or give it this name, country and kind."""
    values = {"name": name, "country": country, "kind": kind}
    return recorded(put(Agency.objects.all(), {"key": key}, values), by=by, at=at)


@transaction.atomic
def account_of(
    email: str, *, name: str, language: str, by: Signatory | None, at: datetime
) -> Put[Account]:
    """Give the account of this address, made without a password where there is none yet.

    One that exists is left as its holder keeps it.
    """
    account = Account.objects.filter(email__iexact=email).first()
    if account is not None:
        return Put(account, is_new=False, changed=())
    account = create_account(email, by=by, at=at, name=name, language=language)
    return Put(account, is_new=True, changed=())
