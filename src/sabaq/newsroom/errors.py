from django.utils.translation import gettext_lazy as _

from sabaq.kernel.errors import DomainError


class ArticleWasEdited(DomainError):
    message = _(
        "This article was edited after it was drafted. Your text is safe; tick the box to replace it by a new draft."
    )
    status = 409


class ArticleChangedMeanwhile(DomainError):
    message = _(
        "Somebody has changed the article since you opened this page. Nothing was done; read it again first."
    )
    status = 409


class TextChangedMeanwhile(DomainError):
    message = _(
        "Somebody has saved another text since you opened this page. Yours is below and not saved yet: compare, and save again."
    )
    status = 409


class TextMissing(DomainError):
    message = _("The article is needed in every language first: %(languages)s.")


class UnknownQuote(DomainError):
    message = _("There is no quote “%(key)s”. Add the quote first, then name it in the text.")


class StepNotDue(DomainError):
    message = _("This approval is not due: the one before it is missing.")
    status = 409


class ApprovalMissing(DomainError):
    message = _("Not published: an approval is missing. %(step)s.")
    status = 409


class QuoteNotApproved(DomainError):
    message = _(
        "Not published: the words of %(name)s are not approved. Record the approval, or take the quote out of the text."
    )
    status = 409


class QuoteNotTranslated(DomainError):
    message = _("Not published: the words of %(name)s are missing in one of the languages.")
    status = 409


class QuoteInUse(DomainError):
    message = _(
        "A text still names this quote. Take it out of the text, and of what is published, first."
    )
    status = 409


class DayAhead(DomainError):
    message = _("This day is still to come.")


class PhotoTooLarge(DomainError):
    message = _("The photo is larger than %(limit)s KB. Save a smaller copy and choose that.")


class PhotoUnreadable(DomainError):
    message = _("This is no whole JPEG, PNG or WebP picture. Choose another file.")


class PhotoTurned(DomainError):
    message = _(
        "The camera noted that this photo lies on its side, and that note is not published. Turn the photo upright, save it, and choose it again."
    )


class PhotoMoves(DomainError):
    message = _("This picture moves. Choose a photo.")
