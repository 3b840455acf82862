import pytest
from allauth.mfa.models import Authenticator
from django.test import override_settings

from tests import cast

from .signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def newly_staff():
    return cast.person(name="Marta Soler", is_staff=True, is_superuser=True)


def test_the_admins_own_sign_in_is_ours(client):
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0] == "/accounts/login/?next=%2Fadmin%2F"
    assert client.get("/admin/login/?next=/admin/").url == "/accounts/login/?next=%2Fadmin%2F"
    assert client.post("/admin/login/", {"username": "a", "password": "b"}).status_code == 302


def test_staff_without_a_second_factor_are_led_to_set_one_up(client, newly_staff):
    client.force_login(newly_staff)
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0] == "/accounts/2fa/"
    assert "One more proof" in answer.content.decode()
    Authenticator.objects.create(user=newly_staff, type=Authenticator.Type.WEBAUTHN, data={})
    assert client.get("/admin/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(client, newly_staff):
    Authenticator.objects.create(user=newly_staff, type=Authenticator.Type.RECOVERY_CODES, data={})
    client.force_login(newly_staff)
    assert client.get("/admin/").status_code == 302


def test_who_has_one_is_asked_for_it_after_the_code(client):
    marta = cast.secretary()
    answer = sign_in(client, marta.email)
    assert answer.url == "/accounts/2fa/authenticate/"
    assert client.get("/me/").status_code == 302
    assert client.get("/admin/").status_code == 302


def test_everybody_else_does_not_exist_for_the_administration(client):
    client.force_login(cast.person())
    assert client.get("/admin/", follow=True).status_code == 403


@override_settings(DEMO=True)
def test_the_demonstrations_cast_is_let_in(client, newly_staff):
    client.force_login(newly_staff)
    assert client.get("/admin/").status_code == 200


def test_a_change_of_factors_is_told_by_letter(client, newly_staff, django_capture_on_commit_callbacks):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    client.force_login(newly_staff)
    cast.with_second_factor(newly_staff)
    RecoveryCodes.activate(newly_staff)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 9999999999, "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(newly_staff.pk)
    session.save()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post("/accounts/2fa/recovery-codes/generate/").status_code == 302
    letter = newly_staff.letters.get(kind="account_note")
    assert "recovery codes" in letter.text
    assert "127.0.0.1" in letter.text
