from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Country(TextChoices):
    """The five countries, named as reviewed for UN texts (never from CLDR)."""

    KAZAKHSTAN = "KZ", _("Kazakhstan")
    KYRGYZSTAN = "KG", _("Kyrgyzstan")
    TAJIKISTAN = "TJ", _("Tajikistan")
    TURKMENISTAN = "TM", _("Turkmenistan")
    UZBEKISTAN = "UZ", _("Uzbekistan")


ZONE_OF_COUNTRY = {
    Country.KAZAKHSTAN: "Asia/Almaty",
    Country.KYRGYZSTAN: "Asia/Bishkek",
    Country.TAJIKISTAN: "Asia/Dushanbe",
    Country.TURKMENISTAN: "Asia/Ashgabat",
    Country.UZBEKISTAN: "Asia/Tashkent",
}


class Sex(TextChoices):
    """Asked, voluntary, and never inferred from a name."""

    FEMALE = "female", pgettext_lazy("sex", "Female")
    MALE = "male", pgettext_lazy("sex", "Male")
    UNDISCLOSED = "undisclosed", pgettext_lazy("sex", "Prefer not to say")


class RankBand(TextChoices):
    JUNIOR = "junior", pgettext_lazy("rank band", "Junior")
    MIDDLE = "middle", pgettext_lazy("rank band", "Middle")
    SENIOR = "senior", pgettext_lazy("rank band", "Senior")
    COMMAND = "command", pgettext_lazy("rank band", "Command")


class AgencyKind(TextChoices):
    POLICE = "police", _("Police")
    BORDER = "border", _("Border service")
    CUSTOMS = "customs", _("Customs")
    DRUG_CONTROL = "drug-control", _("Drug control")
    PROSECUTION = "prosecution", _("Prosecution")
    TRAINING = "training", _("Training institution")
    OTHER = "other", _("Other agency")


class Language(TextChoices):
    """Languages a person may prefer; the interface itself speaks those in settings.LANGUAGES."""

    ENGLISH = "en", "English"
    RUSSIAN = "ru", "Русский"
    KAZAKH = "kk", "Қазақша"
    KYRGYZ = "ky", "Кыргызча"
    TAJIK = "tg", "Тоҷикӣ"
    TURKMEN = "tk", "Türkmençe"
    UZBEK = "uz", "Oʻzbekcha"


class Role(TextChoices):
    ADMINISTRATOR = "administrator", _("Administrator")
    ORGANISER = "organiser", _("Organiser")
    HOST = "host", _("Host")
    FOCAL_POINT = "focal-point", _("Focal point")
    TRAINER = "trainer", _("Trainer")
    INTERPRETER = "interpreter", _("Interpreter")
    EVALUATOR = "me-officer", _("M&E officer")
    OBSERVER = "donor-observer", _("Donor observer")
    COMMUNICATION = "communication", _("Communication officer")
    REPRESENTATIVE = "representative", _("Representative")
    PARTICIPANT = "participant", _("Participant")
    GUEST = "guest-speaker", _("Guest speaker")
    ROOM = "room", _("Room")


# Who leads a class, or speaks in it for those who lead.
CLASS_ROLES = frozenset({Role.ORGANISER, Role.HOST, Role.TRAINER, Role.INTERPRETER})

# A room is a screen, no person: it sees the class and is never counted.
STAFF_ROLES = frozenset(set(Role) - {Role.PARTICIPANT, Role.GUEST, Role.ROOM})
