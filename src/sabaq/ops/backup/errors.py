from django.utils.translation import gettext_lazy as _

from sabaq.kernel.errors import DomainError


class FileIsThere(DomainError):
    message = _("%(path)s is there already. Nothing was written: choose another name.")


class FolderIsMissing(DomainError):
    message = _("There is no folder %(path)s. Nothing was written.")


class ToolFailed(DomainError):
    """A program of PostgreSQL is missing or has refused."""

    message = _("%(tool)s did not do its work: %(reason)s. Nothing was changed.")


class NoBackup(DomainError):
    message = _("%(path)s is no backup of Sabaq. Nothing was changed.")


class BackupDamaged(DomainError):
    message = _(
        "The backup is damaged: %(name)s is not what it was when it was made. Nothing was changed."
    )


class BackupIsNewer(DomainError):
    message = _(
        "The backup was made by a newer version of Sabaq (%(step)s is unknown here). "
        "Nothing was changed: install that version first."
    )


class OtherDatabase(DomainError):
    message = _(
        "The backup is of a %(theirs)s database, and DATABASE_URL names a %(ours)s one. Nothing was changed."
    )


class NotEmpty(DomainError):
    message = _(
        "%(what)s already holds data. Nothing was changed: restore into an empty one, or move it away first."
    )
