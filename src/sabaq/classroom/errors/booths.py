from django.utils.translation import gettext_lazy as _

from sabaq.kernel.errors import DomainError


class BoothNeedsTwoLanguages(DomainError):
    message = _("A booth needs two different languages of this course.")


class NotInABooth(DomainError):
    message = _("Choose the languages of your booth first.")


class OnAirMeanwhile(DomainError):
    """Somebody of the booth went on air, or off it, since the page showed who is."""

    message = _("Your partner was faster. Look who is on air now.")
    status = 409


class LanguageSpoken(DomainError):
    message = _("Another booth speaks this language now. Listeners would hear two voices.")
    status = 409


class HandoverNotYet(DomainError):
    message = _("Your partner has not handed over yet. You can take over after the countdown.")
    status = 409


class NobodyAsks(DomainError):
    message = _("Nobody in your booth asks to take over.")
    status = 409


class StillOnAir(DomainError):
    message = _("You are on air. Switch your microphone off before you change the booth.")
    status = 409
