from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from sabaq.kernel.audit import Signatory, record
from sabaq.kernel.rows import Put, put, recorded
from sabaq.people.errors import AccountExists
from sabaq.people.models import Account, Agency, Person


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
def set_password(account: Account, password: str, *, by: Signatory | None, at: datetime) -> Account:
    """Let the account sign in by this password; whoever asks for it has checked its strength."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    account.set_password(password)
    account.save(update_fields=["password"])
    record(account, "password set", by=by, at=at, changed=["password"])
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


# What a person may say of herself; agency, country and e-mail are the office's to correct.
OWN_FIELDS = (
    "native_name",
    "latin_name",
    "patronymic",
    "display_name",
    "sex",
    "language",
    "rank_band",
)


@transaction.atomic
def correct_person(
    person: Person, values: Mapping[str, str], *, by: Signatory | None, at: datetime
) -> Person:
    """Save what a person says of herself; raises `ValidationError` naming the fields that cannot stand.

    Only `OWN_FIELDS` are taken. The audit line names the columns that changed, never their values.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    before = {name: getattr(person, name) for name in OWN_FIELDS}
    for name in OWN_FIELDS:
        if name in values:
            setattr(person, name, values[name])
    person.clean_fields(exclude={field.name for field in Person._meta.fields} - set(OWN_FIELDS))
    changed = [name for name in OWN_FIELDS if getattr(person, name) != before[name]]
    if changed:
        person.save(update_fields=changed)
        record(person, "corrected", by=by, at=at, changed=changed)
    return person
