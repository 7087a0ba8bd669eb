from django import forms
from django.utils.translation import gettext_lazy as _

from sabaq.enrolment.links import CODE_LENGTH, show_code, tidy_code


class CodeForm(forms.Form):
    """Eight characters from a printed sheet; case, dashes and look-alike letters do not matter."""

    code = forms.CharField(
        label=_("Your code"),
        help_text=_("Eight letters and digits from your invitation, such as 7K2M-9QXD."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        code = tidy_code(self.cleaned_data["code"])
        if len(code) != CODE_LENGTH:
            raise forms.ValidationError(
                _("A code has eight letters and digits. Please compare it with your invitation."),
                code="length",
            )
        return show_code(code)

    def say_it_opens_nothing(self) -> None:
        self.add_error(
            "code",
            _(
                "This code opens nothing. Compare it with your invitation; if it is the same, it was "
                "replaced or its time is over: ask the person who gave it to you for a new one."
            ),
        )
