"""People are moved to another session with their place in line: by the action, and at the desk many at once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import Session
from imports import errors
from imports.actions import move
from outbox.models import Letter
from registrations import actions
from registrations.errors import InvitationOnly
from tests import cast

pytestmark = pytest.mark.django_db

WHY = {"en": "The hall is too small."}


def moved(registration, to, **options):
    return move(registration=registration, to=to, by=cast.secretary(), reason=WHY, **options)


def test_who_came_first_here_is_first_there():
    here, there = cast.session(), cast.session(places=1)
    early = cast.register(here)
    has_place, late = cast.register(there), cast.register(there)
    new = moved(early, there)
    assert list(there.registrations.waiting()) == [new, late]
    assert new.queued_at == early.queued_at
    actions.cancel(registration=has_place, by=has_place.person)
    new.refresh_from_db()
    assert new.is_confirmed


def test_the_place_left_goes_to_the_next_in_line_and_each_is_written_to():
    here, there = cast.session(places=1), cast.session()
    first, waits = cast.register(here), cast.register(here)
    new = moved(first, there)
    assert new.is_confirmed
    for registration in (first, waits):
        registration.refresh_from_db()
    assert (first.cancelled_for, waits.is_confirmed) == ("staff", True)
    letters = Letter.objects.filter(person=first.person).order_by("pk")
    assert list(letters.values_list("kind", flat=True)) == ["confirmation", "confirmation", "cancellation"]
    text = " ".join(letters.last().text.split())
    assert "You are moved to “Water in dense cities”" in text
    assert "The hall is too small." in text


def test_the_letter_names_the_number_in_line():
    here, there = cast.session(), cast.session(places=0)
    early = cast.register(here)
    cast.register(there)
    moved(early, there)
    subject = Letter.objects.get(person=early.person, kind="waiting_list").text
    assert "first in line" in subject


def test_another_host_sees_the_address_alone():
    here, there = cast.session(), cast.session(cast.activity(host=cast.host("cairo")))
    new = moved(cast.register(here, note="I use a wheelchair."), there)
    assert (new.discloses, new.note) == (False, "")
    stays = moved(cast.register(here, note="I use a wheelchair."), cast.session())
    assert (stays.discloses, stays.note) == (True, "I use a wheelchair.")


def test_what_refuses_a_move_changes_nothing():
    here = cast.session()
    registration = cast.register(here)
    invited = cast.session(eligibility=Session.Eligibility.INVITED)
    for to, refusal in ((here, errors.SameSession), (invited, InvitationOnly)):
        with pytest.raises(refusal):
            moved(registration, to)
    registration.refresh_from_db()
    assert registration.is_confirmed
    actions.cancel(registration=registration, by=registration.person)
    with pytest.raises(errors.NotStanding):
        moved(registration, cast.session())


def test_many_are_moved_at_the_desk_and_hours_there_are_passed():
    here = cast.session()
    there = cast.session(
        registration_opens_at=here.starts_at - timedelta(days=1), starts_in=timedelta(days=40)
    )
    people = [cast.register(here) for _ in range(3)]
    client = Client()
    client.force_login(cast.coordinator(here.activity.host))
    page = (
        reverse("admin:registrations_registration_move") + f"?ids={','.join(str(one.pk) for one in people)}"
    )
    assert "Move these 3 registrations?" in client.get(page).content.decode()
    answer = client.post(page, {"to": there.pk, "en": "The hall is too small."})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    assert here.registrations.standing().count() == 0
    assert there.registrations.confirmed().count() == 3


def test_a_coordinator_moves_nobody_to_another_host():
    here, there = cast.session(), cast.session(cast.activity(host=cast.host("cairo")))
    registration = cast.register(here)
    client = Client()
    client.force_login(cast.coordinator(here.activity.host))
    page = reverse("admin:registrations_registration_move") + f"?ids={registration.pk}"
    assert list(client.get(page).context["form"].fields["to"].queryset) == [here]
    assert client.post(page, {"to": there.pk, "en": "Because."}).status_code == 422
    assert not there.registrations.exists()
