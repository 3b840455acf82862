"""Membership counts by the day where the organization is: the same in the rule, on pages and in lists."""

from datetime import UTC, date, datetime

import pytest

from accounts.models import Organization
from tests import cast

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2026, 6, 1), date(2027, 5, 31)


@pytest.mark.parametrize(
    ("zone", "at", "member"),
    [
        # The last evening in Bogotá: 31 May there, 1 June in UTC.
        ("America/Bogota", datetime(2027, 6, 1, 2, 0, tzinfo=UTC), True),
        ("America/Bogota", datetime(2027, 6, 1, 5, 0, tzinfo=UTC), False),
        # The morning after in Auckland: 1 June there, 31 May in UTC.
        ("Pacific/Auckland", datetime(2027, 5, 31, 12, 30, tzinfo=UTC), False),
        ("Pacific/Auckland", datetime(2027, 5, 31, 11, 30, tzinfo=UTC), True),
        # Before its first day, and on it.
        ("Asia/Tehran", datetime(2026, 5, 31, 20, 0, tzinfo=UTC), False),
        ("Asia/Tehran", datetime(2026, 5, 31, 20, 45, tzinfo=UTC), True),
        ("Pacific/Kiritimati", datetime(2026, 5, 31, 10, 0, tzinfo=UTC), True),
        ("Pacific/Pago_Pago", datetime(2026, 6, 1, 10, 59, tzinfo=UTC), False),
        ("Asia/Calcutta", datetime(2026, 5, 31, 18, 30, tzinfo=UTC), True),
        ("Etc/GMT+12", datetime(2026, 6, 1, 11, 0, tzinfo=UTC), False),
    ],
)
def test_a_member_is_one_by_its_own_day(zone, at, member):
    city = cast.organization("Elsewhere", timezone=zone, member_since=FIRST, member_until=LAST)
    assert city.is_member(at) is member
    assert Organization.objects.members(at).filter(pk=city.pk).exists() is member


def test_a_membership_to_come_opens_nothing_yet():
    coming = cast.organization("Newcomer", member_since=date(2037, 6, 1))
    assert not coming.is_member()
    assert coming not in Organization.objects.members()
    session = cast.session(eligibility="members_only")
    with pytest.raises(Exception, match="MembersOnly"):
        cast.register(session, cast.person(organization=coming, country="SN"))


@pytest.mark.parametrize(("since", "until"), [(None, None), (FIRST, None), (None, LAST)])
def test_a_day_that_is_not_known_sets_no_limit(since, until):
    city = cast.organization("Elsewhere", member_since=since, member_until=until)
    at = datetime(2026, 12, 1, tzinfo=UTC)
    assert city.is_member(at)
    assert city in Organization.objects.members(at)


def test_a_partner_is_never_a_member():
    partner = cast.organization("Institute", kind="partner")
    assert not partner.is_member()
    assert partner not in Organization.objects.members()
