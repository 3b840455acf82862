"""Sign-ins are ended by others: everywhere at once, and by who may."""

import pytest
from django.test import Client

from accounts import actions
from accounts.roles import Role
from desk.history import LogEntry
from tests import cast

from .signing_in import sign_in

pytestmark = pytest.mark.django_db


def test_staff_end_anothers_sign_ins_everywhere(client):
    amina, secretary = cast.person(), cast.secretary()
    phone, laptop = Client(), Client()
    for browser in (phone, laptop):
        sign_in(browser, amina.email)
        assert browser.get("/me/").status_code == 200
    client.force_login(secretary)
    step = f"/admin/accounts/user/signing-out/?ids={amina.pk}"
    assert "every browser" in client.get(step).text
    assert phone.get("/me/").status_code == 200  # GET changes nothing
    assert client.post(step).status_code == 302
    assert phone.get("/me/").status_code == 302
    assert laptop.get("/me/").status_code == 302
    assert client.get("/admin/").status_code == 200
    assert LogEntry.objects.filter(additional_data={"ended": "sign-ins"}, actor=secretary).count() == 1


def test_who_may_not_change_people_ends_nobodys_sign_ins(client):
    amina = cast.person()
    client.force_login(cast.with_role(Role.READER, cast.person("Reader", is_staff=True)))
    assert client.post(f"/admin/accounts/user/signing-out/?ids={amina.pk}").status_code == 403


def test_a_superusers_sign_ins_are_ended_by_superusers_only(client):
    root = cast.superuser()
    browser = Client()
    browser.force_login(root)
    client.force_login(cast.with_role(Role.SECRETARIAT, cast.person("Office", is_staff=True)))
    client.post(f"/admin/accounts/user/signing-out/?ids={root.pk}")
    assert browser.get("/admin/").status_code == 200


def test_a_session_on_no_list_is_ended_too():
    amina = cast.person()
    browser = Client()
    browser.force_login(amina)
    amina.usersession_set.all().delete()
    actions.end_sign_ins(person=amina, by=amina)
    assert browser.get("/me/").status_code == 302
