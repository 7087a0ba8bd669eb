from datetime import datetime

from django.db import transaction

from sabaq.kernel.audit import Signatory, record
from sabaq.people.errors import AccountExists
from sabaq.people.models import Account


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
