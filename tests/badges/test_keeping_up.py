"""What the worker does each minute: badges for certificates that stand, and lists that say which no longer count."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.erasing import erase_person
from accounts.my_data import everything_about
from badges import signing
from badges.actions import give, giving
from badges.models import Badge, IssuerKey, StatusList
from credentials import actions as certificates
from credentials.models import Certificate
from tests import cast
from tests.credentials.making import certificate, finished

from .making import bits, keep_up_now, said, signed, signer, use

pytestmark = pytest.mark.django_db


def now():
    return timezone.now()


def test_every_certificate_that_stands_gets_one_badge_and_keeps_it():
    session = finished(3)
    certificates.issue(session=session, now=session.ends_at)
    assert keep_up_now(now=now()) == 3
    before = list(Badge.objects.values_list("certificate", "place", "document", "token"))
    assert keep_up_now(now=now() + timedelta(minutes=1)) == 0
    assert list(Badge.objects.values_list("certificate", "place", "document", "token")) == before
    assert len({place for _certificate, place, *_forms in before}) == 3


def test_without_a_key_nothing_is_signed_and_nothing_is_promised(settings):
    settings.BADGE_KEY = ""
    certificate()
    assert keep_up_now(now=now()) == 0
    assert not Badge.objects.exists()
    assert not IssuerKey.objects.exists()


def test_withdrawn_sets_the_bit_of_its_place_and_of_no_other():
    session = finished(3)
    certificates.issue(session=session, now=session.ends_at)
    keep_up_now(now=now())
    assert bits() == []
    badge = Badge.objects.order_by("pk")[1]
    certificates.withdraw(certificate=badge.certificate, why="Another person was there.", by=cast.secretary())
    keep_up_now(now=now())
    assert bits() == [badge.place]


def test_a_replaced_edition_no_longer_counts_either():
    first = signed()
    person = first.certificate.registration.person
    certificates.correct_name(certificate=first.certificate, name="Aminata Diallo", by=person)
    keep_up_now(now=now())
    assert bits() == [first.place]


def test_what_no_longer_stands_gets_no_badge():
    made = certificate()
    certificates.withdraw(certificate=made, why="It was a mistake.", by=cast.secretary())
    keep_up_now(now=now())
    assert not Badge.objects.exists()


def test_a_list_is_signed_anew_when_it_changed_when_a_day_passed_and_by_a_new_key(settings):
    badge = signed()
    first = StatusList.objects.get()
    keep_up_now(now=now() + timedelta(hours=23))
    assert StatusList.objects.get().document == first.document
    keep_up_now(now=now() + timedelta(hours=25))
    second = StatusList.objects.get()
    assert second.document != first.document
    use(settings, 2)
    keep_up_now(now=now() + timedelta(hours=26))
    third = StatusList.objects.get()
    assert third.key != second.key
    badge.refresh_from_db()
    assert badge.key == second.key


def test_a_full_list_is_followed_by_another(monkeypatch):
    monkeypatch.setattr("badges.status_lists.PLACES", 8)
    session = finished(11)
    certificates.issue(session=session, now=session.ends_at)
    assert keep_up_now(now=now()) == 11
    assert [Badge.objects.filter(status_list=number).count() for number in (1, 2)] == [8, 3]
    second = Badge.objects.filter(status_list=2)[0]
    assert said(second)["credentialStatus"]["statusListCredential"].endswith("/credentials/status/2")


def test_one_that_cannot_be_signed_keeps_nobody_else_from_theirs(monkeypatch, caplog):
    session = finished(3)
    certificates.issue(session=session, now=session.ends_at)
    unlucky = session.registrations.order_by("pk")[1].certificates.get()
    whole = giving.sign

    def sign(badge, by, at):
        if badge.certificate == unlucky:
            raise signing.NotSigned("a word that no context knows")
        whole(badge, by, at)

    monkeypatch.setattr(giving, "sign", sign)
    assert keep_up_now(now=now()) == 2
    assert f"certificate {unlucky.pk}" in caplog.text
    monkeypatch.setattr(giving, "sign", whole)
    assert keep_up_now(now=now()) == 1


def test_a_word_that_no_context_knows_is_not_signed_in_silence():
    badge = signed()
    credential = said(badge)
    del credential["proof"]
    credential["credentialSubject"]["achievement"]["hoursOfStudy"] = 12
    with pytest.raises(signing.NotSigned):
        signing.signed(credential, signer(), now())


def test_erased_the_signed_forms_are_gone_and_the_place_stays():
    badge = signed()
    person = badge.certificate.registration.person
    erase_person(person=person, by=person)
    badge.refresh_from_db()
    assert (badge.document, badge.token) == ("", "")
    keep_up_now(now=now())
    assert bits() == []
    assert give(by=signer(), now=now()) == (0, [])


def test_six_badges_cost_as_many_statements_as_two(django_assert_num_queries):
    for people in (2, 6):
        session = finished(people)
        certificates.issue(session=session, now=session.ends_at)
        everybody = Certificate.objects.values_list("pk", flat=True)
        StatusList.objects.exists() or give(by=signer(), now=now(), leaving=set(everybody))
        by = signer()
        with django_assert_num_queries(8):
            assert give(by=by, now=now()) == (people, [])


def test_a_person_downloads_their_badges_and_those_of_nobody_else():
    badge = signed(name="Amina Diallo")
    other = signed(name="Omar Haddad")
    (told,) = everything_about(badge.certificate.registration.person)["badges"]
    assert told["badge"] == said(badge)
    assert told["token"] == badge.token
    assert other.certificate.code not in str(told)
