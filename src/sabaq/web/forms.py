from django.forms.renderers import DjangoTemplates


class SabaqFormRenderer(DjangoTemplates):
    """Renders forms in the house look."""
