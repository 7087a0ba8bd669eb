from django.utils.translation import gettext_lazy as _

from sabaq.kernel.errors import DomainError


class ArticleWasEdited(DomainError):
    message = _(
        "This article was edited after it was drafted. Your text is safe; tick the box to replace it by a new draft."
    )
    status = 409
