from typing import Any

from django.forms import BoundField, FileInput
from django.forms.renderers import DjangoTemplates


class SabaqBoundField(BoundField):
    """A field as a page shows it."""

    @property
    def use_fieldset(self) -> bool:
        # Django groups a file input with its "clear" box; a lone input needs a label, not a legend.
        return bool(super().use_fieldset) and not isinstance(self.field.widget, FileInput)

    @property
    def first_id(self) -> str:
        """Give the id of the first control, where a link from the error summary leads."""
        return self.id_for_label or f"{self.auto_id}_0"


class SabaqFormRenderer(DjangoTemplates):
    """Renders `{{ form }}` in the house look: labels above, errors tied to their fields, a summary on top.

    A form may set `mark_optional = False` where every field is optional, such as a filter.
    """

    form_template_name: Any = "forms/form.html"
    field_template_name: Any = "forms/field.html"
    formset_template_name: Any = "forms/formset.html"
    bound_field_class: Any = SabaqBoundField
