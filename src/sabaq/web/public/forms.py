from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sabaq.enrolment.links import CODE_LENGTH, show_code, tidy_code
from sabaq.web.shared import is_shared


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

    shared = forms.BooleanField(
        label=_("This device is shared by several people"),
        help_text=_(
            "Then the code is asked for at every entry, and nothing of you stays here when you leave or "
            "do nothing for ten minutes."
        ),
        required=False,
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


def code_form(request: HttpRequest) -> CodeForm:
    """Give the form, which knows whether the device is shared: marked before, or by the organiser's link."""
    return CodeForm(initial={"shared": is_shared(request) or "shared" in request.GET})
