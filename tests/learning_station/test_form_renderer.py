"""Fields, selects and labels are written as Django's templates write them, but for their empty lines."""

from datetime import UTC, date, datetime
from itertools import product

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override

from learning_station.form_renderer import Renderer

CHOICES = [
    ("", "---------"),
    ("a", "A & <b> \"quoted\" 'once'"),
    (3, 4500),
    (None, gettext_lazy("Register")),
    ("safe", mark_safe("Nairobi&nbsp;City")),
    (gettext_lazy("Cancel"), [("x&y", "القاهرة"), (True, 0.5)]),
    ("", [("empty", "in a group without a name")]),
]


class Marked(forms.Select):
    def create_option(self, *args, **kwargs):
        option = super().create_option(*args, **kwargs)
        return {
            **option,
            "attrs": {**option["attrs"], "data-before": "x & y", "hidden": option["value"] == "a"},
        }


class OwnOption(forms.Select):
    option_template_name = "django/forms/widgets/checkbox_option.html"


@pytest.mark.parametrize("widget", [forms.Select, forms.SelectMultiple, Marked, OwnOption])
@pytest.mark.parametrize(
    "attrs", [{}, {"id": "id_x", "required": True, "disabled": False, "title": 'a "b" & c', "size": 5}]
)
def test_as_django_writes_it(widget, attrs):
    made = widget(attrs, choices=CHOICES)
    for language, value in product(("en", "fr", "ar"), (None, "a", 3, ["a", "x&y"], "<not there>")):
        with override(language):
            ours, djangos = (
                without_empty_lines(made.render("na<me", value, renderer=renderer()))
                for renderer in (Renderer, TemplatesSetting)
            )
        assert ours == djangos


FIELDS = [
    forms.TextInput, forms.NumberInput, forms.EmailInput, forms.URLInput, forms.ColorInput, forms.SearchInput,
    forms.TelInput, forms.PasswordInput, forms.HiddenInput, forms.DateInput, forms.DateTimeInput, forms.TimeInput,
    forms.CheckboxInput, forms.FileInput, forms.Textarea,
]  # fmt: skip
VALUES = (
    None, "", "a & <b> \"quoted\" 'once'", "\n two\nlines ", 0, 4500, 0.5, True, False, date(2027, 3, 10),
    datetime(2027, 3, 10, 9, 30, tzinfo=UTC), mark_safe("Nairobi&nbsp;City"), gettext_lazy("Register"), "القاهرة",
)  # fmt: skip


@pytest.mark.parametrize("widget", FIELDS)
@pytest.mark.parametrize(
    "attrs",
    [{}, {"id": "id_x", "required": True, "disabled": False, "title": 'a "b" & c', "maxlength": 1200}],
)
def test_a_field_is_as_django_writes_it(widget, attrs):
    made = widget(attrs)
    for language, value in product(("en", "fr", "ar"), VALUES):
        with override(language):
            ours, djangos = (
                made.render("na<me", value, renderer=renderer()) for renderer in (Renderer, TemplatesSetting)
            )
        assert ours == djangos, value


class Asked(forms.Form):
    required_css_class = "needed"
    name = forms.CharField(label="Name & <b>")
    zone = forms.CharField(label=gettext_lazy("Register"), required=False)
    safe = forms.CharField(label=mark_safe("<em>Safe</em>"), widget=forms.Textarea)
    days = forms.MultipleChoiceField(choices=CHOICES, widget=forms.CheckboxSelectMultiple)
    agreed = forms.BooleanField(label="Agreed?")


@pytest.mark.parametrize("auto_id", ["id_%s", False])
@pytest.mark.parametrize("data", [None, {}, {"name": "x", "safe": "<", "days": ["a"], "agreed": "on"}])
def test_a_form_is_as_django_writes_it(auto_id, data):
    ours, djangos = (
        Asked(data, auto_id=auto_id, renderer=renderer()) for renderer in (Renderer, TemplatesSetting)
    )
    for language in ("en", "fr", "ar"):
        with override(language):
            assert without_empty_lines(ours.as_div()) == without_empty_lines(djangos.as_div())
            for one, other in zip(ours, djangos, strict=True):
                assert one.label_tag() == other.label_tag()
                assert one.legend_tag(attrs={"class": "a<b"}) == other.legend_tag(attrs={"class": "a<b"})
                assert (one.errors.as_ul(), str(one.errors)) == (other.errors.as_ul(), str(other.errors))


def without_empty_lines(html: str) -> str:
    return html.replace("\n\n", "\n")
