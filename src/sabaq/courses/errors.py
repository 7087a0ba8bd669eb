from django.utils.translation import gettext_lazy as _

from sabaq.kernel.errors import DomainError


class VersionTaken(DomainError):
    message = _(
        "Version %(version)s of the course “%(course)s” was imported before with other content."
        " Give the pack a new version."
    )
    status = 409


class CourseUnknown(DomainError):
    message = _("There is no course “%(course)s” here. There are: %(known)s.")
    status = 404


class VersionUnknown(DomainError):
    message = _("The course “%(course)s” has no version %(version)s. It has: %(known)s.")
    status = 404


class BlobMissing(DomainError):
    message = _(
        "A file of the course is missing from the data folder (%(digest)s). Import the pack again."
    )
    status = 500


class BlobDamaged(DomainError):
    message = _(
        "A file of the course is damaged in the data folder (%(digest)s). Import the pack again."
    )
    status = 500
