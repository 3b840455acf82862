"""In a real browser, of one session for members: who is known by the address, who has a place held, and who is neither."""

import pytest
from playwright.sync_api import expect

from membership import actions
from membership.models import Claim
from registrations.models import Registration
from tests import cast
from tests.journeys.proposing import enter
from tests.plugins.browser import assert_fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def registers(page, session, *, prefix: str = "") -> None:
    page.goto(f"{prefix}/sessions/{session.pk}/registration/")
    page.locator("main form button[type=submit]").click()


def test_three_people_at_a_session_for_members(open_page, axe, live_server):
    session = cast.session(eligibility="members_only")
    dakar = cast.organization("Dakar")
    actions.learn_domain(organization=dakar, domain="dakar.example", by=cast.secretary())

    page = open_page(width=1280)
    enter(page, cast.person("Amina Diallo", email="amina@dakar.example", organization=dakar), live_server)
    page.goto(f"/sessions/{session.pk}/registration/")
    expect(page.get_by_text("There is a place for you.")).to_be_visible()
    registers(page, session)
    expect(page.get_by_role("heading", level=1)).to_have_text("You have a place")

    page = open_page(width=390, scripts=False)
    bo = cast.person("Bo Traoré", email="bo@mail.example", organization=dakar, language="fr")
    enter(page, bo, live_server)
    page.goto(f"/fr/sessions/{session.pk}/registration/")
    expect(page.get_by_text("Une place est gardée pour vous jusqu’au")).to_be_visible()
    assert_fits(page)
    registers(page, session, prefix="/fr")
    expect(page.get_by_role("heading", level=1)).to_have_text("Une place est gardée pour vous")
    assert_fits(page)
    actions.confirm(
        claim=Claim.objects.standing().get(person=bo), ground=Claim.Ground.STAFF, by=cast.secretary()
    )
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vous avez une place")

    page = open_page(width=1280)
    enter(page, cast.person("Chi Example", member=False), live_server)
    page.goto(f"/sessions/{session.pk}/registration/")
    expect(page.get_by_text("You cannot register now")).to_be_visible()
    expect(page.locator("main form button[type=submit]")).to_have_count(0)
    axe(page)
    assert Registration.objects.confirmed().count() == 2


def test_a_held_place_on_a_phone_in_arabic(open_page, axe, live_server):
    session = cast.session(eligibility="members_only")
    page = open_page(width=390)
    enter(page, cast.person(language="ar"), live_server)
    registers(page, session, prefix="/ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.get_by_role("heading", level=1)).to_have_text("نحتفظ لك بمقعد")
    assert_fits(page)
    axe(page)
