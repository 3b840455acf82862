"""Who is given a role hears what it is for and how to get in."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.actions import appoint
from accounts.roles import Role, role_of
from outbox.models import Letter
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "role", "says"),
    [
        ("en", Role.SECRETARIAT, "You run the whole station"),
        ("fr", Role.COORDINATOR, "MITI Seoul"),
        ("es", Role.REVIEWER, "propuestas"),
        ("ar", Role.READER, "لا تغيّر"),
    ],
)
def test_the_letter_says_in_the_readers_language_what_the_role_is_for(client, language, role, says):
    person = cast.person("Noor Aziz", language=language)
    if role == Role.COORDINATOR:
        cast.host("seoul").coordinators.add(person)
    client.force_login(cast.secretary())
    page = reverse("admin:accounts_user_change", args=[person.pk])
    form = client.get(page).context["adminform"].form
    sent = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in sent.items() if value not in (None, False)}
    assert client.post(page, {**sent, "role": role.value}).status_code == 302
    letter = Letter.objects.get(kind="new_role")
    assert (letter.person, letter.to, letter.language) == (person, person.email, language)
    for part in (letter.text, letter.html):
        assert says in part
        assert "/admin/" in part
    # Saved again, nothing is new.
    assert client.post(page, {**sent, "role": role.value}).status_code == 302
    assert Letter.objects.filter(kind="new_role").count() == 1


def test_another_role_is_told_and_no_role_is_not():
    person, secretary = cast.person(), cast.secretary()
    for role in (Role.READER, Role.READER, Role.REVIEWER, None):
        appoint(person=person, role=role, by=secretary)
        person = type(person).objects.get(pk=person.pk)
        assert role_of(person) == role
    assert Letter.objects.filter(kind="new_role").count() == 2


def test_nobody_is_told_of_a_role_that_was_refused():
    person = cast.person()
    for by, to in ((cast.coordinator(), person), (root := cast.secretary(), root)):
        with pytest.raises(PermissionDenied):
            appoint(person=to, role=Role.REVIEWER, by=by)
    assert not Letter.objects.filter(kind="new_role").exists()
