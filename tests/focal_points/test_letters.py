"""What focal points are written: named, ended, and that people wait for their word, once a day at most."""

from datetime import UTC, datetime, timedelta

import pytest

from focal_points import actions, waiting
from focal_points.models import FocalPoint
from membership import actions as membership
from membership.models import GOOD_FOR, Claim, EmailDomain
from outbox.models import Letter
from tests import cast

from .making import claimed, focal_point, marta

pytestmark = pytest.mark.django_db

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def letters(kind: str) -> list[Letter]:
    return list(Letter.objects.filter(kind=kind).order_by("pk"))


def test_who_is_named_is_told_in_their_language():
    office = focal_point(language="fr", now=NOON)
    [letter] = letters("focal_point_named")
    assert letter.to == office.person.email
    assert letter.subject == "Vous êtes point focal pour Dakar"
    assert "/fr/endorsements/" in letter.text
    actions.name(
        person=office.person,
        organization=office.organization,
        last_day=office.until.date() - DAY,
        by=marta(),
        now=NOON,
    )
    assert len(letters("focal_point_named")) == 1  # the same once more
    actions.name(
        person=office.person,
        organization=office.organization,
        last_day=office.until.date(),
        by=marta(),
        now=NOON,
    )
    assert len(letters("focal_point_named")) == 2


def test_whose_term_is_over_or_who_left_is_told_once():
    over, left, moved = (focal_point(name, now=NOON) for name in ("Over", "Left", "Moved"))
    membership.leave(claim=left.person.claims.get(), by=left.person, now=NOON)
    Claim.objects.filter(person=moved.person).update(email="before@dakar.example")
    membership.claim(
        person=moved.person, now=NOON
    )  # their address changed: confirmed anew, or not, but of the city
    assert actions.look_after(now=NOON) == 1
    later = over.until + HOUR
    assert actions.look_after(now=later) == 2
    assert actions.look_after(now=later) == 0
    ends = dict(FocalPoint.objects.values_list("person__name", "end"))
    assert ends == {"Over": "term", "Left": "claim", "Moved": "term"}
    assert FocalPoint.objects.get(pk=over.pk).ended_at == over.until
    assert len(letters("focal_point_ended")) == 3
    assert "Your term ended on 29 February 2028" in letters("focal_point_ended")[1].text


def test_who_was_ended_by_staff_is_told():
    actions.end(focal_point=focal_point(now=NOON), by=marta(), now=NOON)
    assert "The secretariat ended it." in letters("focal_point_ended")[0].text


def test_people_who_wait_are_told_of_once_a_day_at_most():
    fatou, bo = focal_point("Fatou", now=NOON).person, focal_point("Bo", now=NOON, language="fr").person
    assert waiting.tell(now=NOON) == 0
    amina = claimed(now=NOON)
    assert waiting.tell(now=NOON + HOUR) == 2
    french, english = sorted(letters(waiting.letters.WAITING), key=lambda letter: letter.to)[0:2]
    assert {letter.subject for letter in (french, english)} == {
        "1 person waits for your word",
        "1 personne attend votre réponse",
    }
    assert all(amina.person.name not in letter.text for letter in (french, english))
    claimed("Chi", now=NOON + 2 * HOUR)
    assert waiting.tell(now=NOON + 3 * HOUR) == 0  # not a second one on that day
    actions.confirm(claim=amina, by=fatou, now=NOON + 4 * HOUR)
    assert waiting.tell(now=NOON + HOUR + DAY) == 2
    assert waiting.tell(now=NOON + 3 * DAY) == 0  # nobody new waits
    assert waiting.tell(now=NOON + 9 * DAY) == 2  # and still nobody said a word
    for claim in Claim.objects.to_confirm(NOON):
        actions.confirm(claim=claim, by=bo, now=NOON + 10 * DAY)
    assert waiting.tell(now=NOON + 30 * DAY) == 0


def test_who_is_asked_again_after_two_years_waits_from_then_on():
    claim = claimed(now=NOON - GOOD_FOR - DAY)
    membership.confirm(claim=claim, ground=Claim.Ground.STAFF, by=marta(), now=NOON - GOOD_FOR)
    focal_point(now=NOON - HOUR)
    assert waiting.tell(now=NOON - HOUR) == 0
    assert waiting.tell(now=NOON) == 1


def test_nobody_is_asked_of_whom_a_domain_confirms_nor_of_themselves():
    fatou = focal_point(now=NOON).person
    EmailDomain.objects.create(organization=cast.organization(), domain="dakar.example", added_at=NOON)
    claimed(email="amina@dakar.example", now=NOON)
    claimed("Kofi", organization=cast.organization("Accra"), now=NOON)
    Claim.objects.filter(person=fatou).update(confirmed_until=NOON + HOUR)
    assert waiting.tell(now=NOON + 2 * HOUR) == 0


def test_one_for_several_cities_has_one_letter():
    fatou = focal_point(now=NOON).person
    accra = cast.organization("Accra")
    focal_point(person=fatou, of=accra, now=NOON)
    claimed(now=NOON)
    claimed("Kofi", organization=accra, now=NOON)
    assert waiting.tell(now=NOON) == 1
    [letter] = letters(waiting.letters.WAITING)
    assert "Accra: 1 person says" in letter.text
    assert "Dakar: 1 person says" in letter.text
    assert letter.subject == "2 people wait for your word"


def test_it_waits_for_the_morning_of_who_asked_for_quiet_hours():
    focal_point(now=NOON, quiet_hours=True, timezone="Asia/Seoul")
    claimed(now=NOON)
    waiting.tell(now=NOON + HOUR)  # 22:00 there
    assert letters(waiting.letters.WAITING)[0].next_try_at > NOON + 8 * HOUR
