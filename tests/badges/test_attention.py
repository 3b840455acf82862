"""The desk tells of badges that are not made, and of lists that are old, to who can tell the operators."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from badges import actions
from badges.attention import waiting
from badges.models import Badge, IssuerKey, StatusList
from credentials import actions as certificates
from tests import cast
from tests.credentials.making import certificate

from .making import keep_up_now, signed, use

pytestmark = pytest.mark.django_db
OLD, LATE = "Programs may take badges that no longer count", "no badge yet"


def told(after: timedelta, person=None) -> list[str]:
    card = waiting(person or cast.secretary(), timezone.now() + after)
    return [word for line in card.lines for word in (line.title, line.badge)] if card else []


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def test_the_desk_says_when_badges_are_not_made_where_they_once_were(settings):
    signed()
    key_of_before()
    settings.BADGE_KEY = ""
    late = certificate(name="Omar Haddad")
    desk = Client()
    desk.force_login(cast.secretary())
    assert LATE in desk.get("/admin/").text
    use(settings)
    keep_up_now(now=timezone.now())
    assert Badge.objects.filter(certificate=late).exists()
    assert LATE not in desk.get("/admin/").text


def key_of_before() -> None:
    """The station has had its key for a while."""
    IssuerKey.objects.update(adopted_at=timezone.now() - hours(3))


def test_a_station_that_just_got_its_first_key_has_two_hours_for_all_that_was_issued_before():
    certificate()
    actions.current_signer(timezone.now())
    assert told(hours(1)) == []
    assert LATE in " ".join(told(hours(3)))


def test_where_no_key_ever_was_nothing_is_said(settings):
    settings.BADGE_KEY = ""
    certificate()
    assert told(hours(100)) == []


def test_a_worker_that_stands_still_is_told_although_nobody_gets_a_certificate():
    signed()
    assert told(hours(25)) == []
    assert OLD in told(hours(27))
    keep_up_now(now=timezone.now() + hours(27))
    assert told(hours(27)) == []


@pytest.mark.parametrize("is_it", ["withdrawn", "replaced"])
def test_a_list_that_does_not_tell_of_it_two_hours_later_is_old(settings, is_it):
    made = signed().certificate
    settings.BADGE_KEY = ""
    if is_it == "withdrawn":
        certificates.withdraw(certificate=made, why="Another was there.", by=cast.secretary())
    else:
        certificates.correct_name(certificate=made, name="Aminata Diallo", by=cast.secretary())
    assert OLD not in told(hours(1))
    assert OLD in told(hours(3))
    use(settings)
    keep_up_now(now=timezone.now() + hours(3))
    assert OLD not in told(hours(6))


def test_badges_of_a_leaked_key_wait_too(settings):
    badge = signed()
    actions.leaked(name=badge.key.name, now=timezone.now())
    assert badge.certificate.said.title not in told(hours(1))
    assert badge.certificate.said.title in told(hours(3))
    use(settings, 2)
    keep_up_now(now=timezone.now())
    assert told(hours(3)) == []


def test_a_coordinator_is_told_of_their_hosts_certificates_alone():
    certificate()
    here, other = (
        signed(name="Omar Haddad").certificate,
        cast.coordinator(cast.host("mashhad"), "Another Coordinator"),
    )
    mine = cast.coordinator(here.registration.session.activity.host)
    StatusList.objects.update(signed_at=timezone.now() - hours(100))
    Badge.objects.all().delete()
    key_of_before()
    assert here.said.title in told(hours(1), mine)
    assert OLD not in told(hours(1), mine)
    assert told(hours(1), other) == []
