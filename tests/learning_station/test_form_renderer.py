"""A select is written as Django's templates write it, but for their empty lines."""

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


def without_empty_lines(html: str) -> str:
    return html.replace("\n\n", "\n")
