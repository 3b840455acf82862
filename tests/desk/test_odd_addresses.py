"""Lists of the administration asked with what no number is: an answer, never an error of ours."""

import pytest
from django.contrib.admin.sites import site
from django.test import Client
from django.urls import reverse

from tests import cast

EVERY_LIST = ["p", "o", "q", "all", "_facets", "id", "id__exact", "pk"]
ODD = ["²", "٣", "1_0", "9" * 40, "%00", "é", "-1", "''", "{}"]


def questions(admin) -> list[str]:
    """The names of what a list's filters and its dates are asked by."""
    names = []
    for item in admin.list_filter:
        if isinstance(item, type):
            names.append(getattr(item, "parameter_name", "") or "unnamed")
        else:
            name = item[0] if isinstance(item, tuple) else item
            names += [f"{name}__exact", f"{name}__id__exact", f"{name}__isnull", f"{name}__gte"]
    if admin.date_hierarchy:
        names += [f"{admin.date_hierarchy}__{part}" for part in ("year", "month", "day")]
    return names


@pytest.mark.django_db
@pytest.mark.parametrize("part", [0, *(pytest.param(part, marks=pytest.mark.long) for part in (1, 2))])
def test_no_list_dies_of_what_it_is_asked(part):
    client = Client()
    client.force_login(cast.superuser())
    cast.register(cast.session(), cast.person())
    for turn, (model, admin) in enumerate(site._registry.items()):
        if turn % 3 != part:
            continue
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        # What every list is asked by is read by one piece of code: in turn.
        asked_of_all = [EVERY_LIST[(turn + more) % len(EVERY_LIST)] for more in range(2)]
        for number, name in enumerate([*asked_of_all, *questions(admin)], start=turn):
            odd = ODD[number % len(ODD)]
            answer = client.get(f"{address}?{name}={odd}&{name}={odd}", follow=True)
            assert answer.status_code in (200, 400, 403, 404), (address, name, odd)
        for odd in (ODD[turn % len(ODD)], "²"):
            assert client.get(f"{address}{odd}/change/").status_code in (200, 404), (address, odd)
