from django.db.models import TextChoices

from sabaq.courses.enums import Phase

__all__ = ["Form", "Phase"]


class Form(TextChoices):
    """One of two sheets of like items; half the participants sit A before and B after, the others B, then A."""

    A = "A", "A"
    B = "B", "B"

    @property
    def other(self) -> "Form":
        return Form.B if self is Form.A else Form.A
