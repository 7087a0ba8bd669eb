"""Writes to the programme tree. Each gives the row and what was new or changed about it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from sabaq.kernel.audit import Signatory
from sabaq.kernel.rows import Put, put, recorded
from sabaq.programmes.models import Donor, Programme, Project

Texts = Mapping[str, str]


@transaction.atomic
def save_donor(key: str, *, name: Texts, by: Signatory | None, at: datetime) -> Put[Donor]:
    """Make the donor `key`, or give it this name."""
    return recorded(put(Donor.objects.all(), {"key": key}, {"name": name}), by=by, at=at)


@transaction.atomic
def save_programme(
    key: str, *, name: Texts, parent: Programme | None, by: Signatory | None, at: datetime
) -> Put[Programme]:
    """Make the programme `key`, or give it this name and place; with `parent` it is a sub-programme."""
    values = {"name": name, "parent": parent}
    return recorded(put(Programme.objects.all(), {"key": key}, values), by=by, at=at)


@transaction.atomic
def save_project(
    code: str,
    *,
    name: Texts,
    programme: Programme,
    donor: Donor,
    by: Signatory | None,
    at: datetime,
) -> Put[Project]:
    """Make the project `code`, or give it this name, programme and donor."""
    values = {"name": name, "programme": programme, "donor": donor}
    return recorded(put(Project.objects.all(), {"code": code}, values), by=by, at=at)
