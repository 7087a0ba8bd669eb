from django import forms
from django.utils.translation import override

from sabaq.web.forms import SabaqFormRenderer


class NominationForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As in the passport.")
    patronymic = forms.CharField(label="Patronymic", required=False)
    sex = forms.ChoiceField(
        label="Sex",
        choices=[("female", "Female"), ("male", "Male")],
        widget=forms.RadioSelect,
        help_text="Voluntary.",
    )
    table = forms.FileField(label="Table")
    agree = forms.BooleanField(label="I agree", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)

    default_renderer = SabaqFormRenderer()


class FilterForm(NominationForm):
    mark_optional = False


def shown(form: forms.Form) -> str:
    with override("en"):
        return " ".join(str(form).split())


def test_a_fields_label_and_help_are_tied_to_its_input():
    html = shown(NominationForm())

    assert '<label for="id_name">Name </label>' in html
    assert '<div class="help" id="id_name_helptext">As in the passport.</div>' in html
    assert (
        '<input type="text" name="name" required aria-describedby="id_name_helptext" id="id_name">'
        in html
    )


def test_only_optional_fields_are_marked_and_in_words():
    html = shown(NominationForm())

    assert html.count("(optional)") == 1
    assert '<label for="id_patronymic">Patronymic <small>(optional)</small> </label>' in html


def test_a_filter_marks_no_field_as_optional():
    assert "(optional)" not in shown(FilterForm())


def test_radio_buttons_stand_in_a_fieldset_with_a_legend_and_its_help():
    html = shown(NominationForm())

    assert '<fieldset aria-describedby="id_sex_helptext"> <legend>Sex </legend>' in html
    assert html.count("<fieldset") == 1


def test_a_file_input_has_a_label_of_its_own():
    assert '<label for="id_table">Table </label>' in shown(NominationForm())


def test_a_single_checkbox_stands_inside_its_label():
    assert '<label><input type="checkbox" name="agree" id="id_agree"> I agree</label>' in shown(
        NominationForm()
    )


def test_a_hidden_field_has_neither_label_nor_block():
    html = shown(NominationForm())

    assert '<input type="hidden" name="secret" id="id_secret">' in html
    assert html.count('<div class="field">') == 5


def test_a_form_without_mistakes_shows_no_summary():
    assert "alert" not in shown(NominationForm())


def test_mistakes_are_summed_up_on_top_with_links_to_the_first_control_of_each_field():
    html = shown(NominationForm({"name": "A"}))
    summary = html.partition("</div>")[0]

    assert summary.startswith('<div class="note error" role="alert" tabindex="-1" autofocus>')
    assert '<li><a href="#id_sex_0">Sex: This field is required.</a></li>' in summary
    assert '<li><a href="#id_table">Table: This field is required.</a></li>' in summary
    assert summary.count("<li>") == 2


def test_a_mistake_is_tied_to_its_field_and_what_was_typed_is_kept():
    form = NominationForm({"name": "A", "sex": "female"})
    form.add_error("name", "Too <short>.")
    html = shown(form)

    assert '<div class="err" id="id_name_error"><svg' in html
    assert "</svg> Too &lt;short&gt;.</div>" in html
    assert (
        '<input type="text" name="name" value="A" required aria-invalid="true" '
        'aria-describedby="id_name_helptext id_name_error" id="id_name">'
    ) in html


def test_mistakes_of_the_whole_form_and_of_hidden_fields_are_in_the_summary():
    form = NominationForm({"name": "A", "sex": "female"})
    form.add_error(None, "All 60 seats are taken.")
    form.add_error("secret", "Damaged.")
    html = shown(form)

    assert "<li>All 60 seats are taken.</li>" in html
    assert "<li>(Hidden field secret) Damaged.</li>" in html
