"""What the database refuses of agreements and their extensions, whoever writes there."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from hubs import actions
from hubs.models import Agreement, Extension
from tests import cast

from .agreements import END, START, draft, noon, signed

pytestmark = pytest.mark.django_db

ONE_DAY = timedelta(days=1)


@pytest.fixture
def secretary():
    return cast.secretary()


def refuses(name: str):
    return pytest.raises(IntegrityError, match=name)


def test_the_database_refuses_an_end_before_the_start():
    agreement = draft()
    with refuses("agreement_ends_after_it_starts"):
        Agreement.objects.filter(pk=agreement.pk).update(ends_on=START - ONE_DAY)


def test_the_database_refuses_two_signed_agreements_of_one_host_at_a_time():
    signed()
    other = draft(starts_on=END)  # on the last day of the first: that day they would both hold
    with refuses("agreement_one_at_a_time"):
        Agreement.objects.filter(pk=other.pk).update(signed_on=END)


def test_one_may_begin_the_day_after_another_ends():
    signed()
    following = signed(starts_on=END + ONE_DAY)
    assert following.is_signed


def test_drafts_and_other_hosts_may_overlap():
    signed()
    assert draft().pk
    assert signed(cast.host("cairo")).is_signed


def test_what_ended_early_makes_room(secretary):
    first = signed()
    last = date(2026, 3, 31)
    actions.end_early(agreement=first, on=last, reason="By mutual consent.", by=secretary, now=noon(last))
    assert signed(starts_on=last + ONE_DAY).is_signed


def test_the_database_refuses_an_extension_of_an_ended_one(secretary):
    agreement = signed()
    with refuses("extension_decided_before_the_end"):
        Extension.objects.create(
            agreement=agreement,
            previous_ends_on=END,
            ends_on=END + timedelta(days=90),
            reason="Too late.",
            decided_on=END + ONE_DAY,
        )


def test_the_database_refuses_an_extension_of_one_ended_early(secretary):
    agreement = signed()
    last = date(2026, 3, 31)
    actions.end_early(agreement=agreement, on=last, reason="By mutual consent.", by=secretary, now=noon(last))
    with refuses("ended early"):
        Extension.objects.create(
            agreement=agreement,
            previous_ends_on=END,
            ends_on=END + timedelta(days=90),
            reason="Too late.",
            decided_on=last,
        )


def test_the_database_refuses_an_extension_of_a_draft_and_of_an_end_that_is_not():
    facts = {"ends_on": END + timedelta(days=90), "reason": "Why not.", "decided_on": START}
    with refuses("draft"), transaction.atomic():
        Extension.objects.create(agreement=draft(), previous_ends_on=END, **facts)
    with refuses("ends on"):
        Extension.objects.create(agreement=signed(), previous_ends_on=END - ONE_DAY, **facts)


def test_the_database_refuses_an_end_date_edited_by_hand():
    agreement = signed()
    with refuses("by an extension only"), transaction.atomic():
        Agreement.objects.filter(pk=agreement.pk).update(ends_on=END + timedelta(days=90))
    with refuses("stand"), transaction.atomic():
        Agreement.objects.filter(pk=agreement.pk).update(starts_on=START + ONE_DAY)
    with refuses("stand"):
        Agreement.objects.filter(pk=agreement.pk).update(signed_on=None)


def test_an_extension_stays_as_it_was_decided(secretary):
    extension = actions.extend(
        agreement=signed(), ends_on=END + timedelta(days=90), reason="Floods.", by=secretary, now=noon(START)
    )
    with refuses("stays"):
        Extension.objects.filter(pk=extension.pk).update(reason="Something else.")


def test_a_reason_is_never_missing():
    agreement = signed()
    with refuses("agreement_ended_early_within_its_term_says_why"):
        Agreement.objects.filter(pk=agreement.pk).update(ended_early_on=date(2026, 3, 31))
