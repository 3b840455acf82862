"""Arabic has six ways to count; the rule that chooses stands in the catalog's own header."""

import re

import pytest
from django.utils import translation
from django.utils.translation import ngettext

from catalog.models import Activity
from hubs.models import Agreement, Host, Milestone


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "لا أنشطة"),
        (1, "نشاط واحد"),
        (2, "نشاطان"),
        (3, "3 أنشطة"),
        (10, "10 أنشطة"),
        (11, "11 نشاطًا"),
        (36, "36 نشاطًا"),
        (99, "99 نشاطًا"),
        (100, "100 نشاط"),
        (102, "102 نشاط"),
        (103, "103 أنشطة"),
        (111, "111 نشاطًا"),
    ],
)
def test_each_number_has_its_form(number, expected):
    with translation.override("ar"):
        assert ngettext("%(total)d activity", "%(total)d activities", number) % {"total": number} == expected


@pytest.mark.parametrize(
    "choices", [Activity.Format, Host.Kind, Agreement.Kind, Agreement.State, Milestone.Measure]
)
def test_what_pages_and_letters_show_of_a_choice_is_arabic(choices):
    with translation.override("ar"):
        assert [label for label in map(str, choices.labels) if not re.search("[\u0600-\u06ff]", label)] == []
