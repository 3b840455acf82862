"""Whether the membership by which somebody has a place is confirmed: in the list, and in the export."""

import csv

import pytest
from django.urls import reverse

from membership.actions import claim, confirm
from membership.models import Claim
from tests import cast

pytestmark = pytest.mark.django_db


def test_the_list_says_of_whom_nobody_has_confirmed_it(client):
    session = cast.session(eligibility="members_only")
    amina, bo = cast.person("Amina Diallo"), cast.person("Bo Chen")
    for person in (amina, bo):
        cast.register(session, person)
        claim(person=person)
    marta = cast.secretary()
    confirm(claim=bo.claims.get(), ground=Claim.Ground.STAFF, by=marta)
    client.force_login(marta)
    page = reverse("admin:registrations_registration_changelist")
    assert client.get(page).content.decode().count("(not confirmed)") == 1
    assert "(not confirmed)" not in client.get(f"{page}?q=Chen").content.decode()
    export = client.post(reverse("admin:registrations_registration_export"), {"format": "0", "resource": "0"})
    content = b"".join(export).decode("utf-8-sig") if export.streaming else export.content.decode("utf-8-sig")
    rows = {row["Name"]: row["Membership confirmed"] for row in csv.DictReader(content.splitlines())}
    assert rows == {"Amina Diallo": "", "Bo Chen": "yes"}
