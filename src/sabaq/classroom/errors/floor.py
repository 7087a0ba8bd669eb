from django.utils.translation import gettext_lazy as _

from sabaq.kernel.errors import DomainError


class LanguageNotOfCourse(DomainError):
    message = _("This course is not held in that language.")
