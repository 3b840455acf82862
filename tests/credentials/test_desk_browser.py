"""From issuing to withdrawing in a real browser: at a desk with scripts, on a phone without."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from credentials.models import Certificate
from tests import cast
from tests.journeys.proposing import enter
from tests.plugins.browser import assert_fits

from .making import close_all, meeting_of, program, registered, rule, signatory, there, with_rule

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def over():
    """Amina and a person with a long name met the rule, Ben was there on two of five days; nobody signs yet."""
    by = cast.secretary()
    session = with_rule(program(5, places=None), rule(80))
    people = registered(
        session,
        cast.person("Amina Diallo"),
        cast.person("Ben Okafor"),
        cast.person("Maria-Magdalena Papadopoulou-Konstantinidi de la Fuente y Castellanos"),
    )
    for registration, days in zip(people, (5, 2, 4), strict=True):
        there(session, registration, days, by=by)
    close_all(session, by=by)
    return session, people


@pytest.mark.parametrize(
    ("width", "scripts"), [(1280, True), pytest.param(390, False, marks=pytest.mark.long)]
)
def test_certificates_are_issued_granted_and_withdrawn(open_page, axe, live_server, width, scripts):
    session, [amina, ben, _long] = over()
    page = open_page(width=width, scripts=scripts)
    looked_at = axe if scripts else lambda _page: None
    host = session.activity.host
    enter(page, cast.coordinator(host), live_server)
    page.goto(reverse("credentials:issuing", args=[session.pk]))
    expect(page.get_by_text("Nothing can be issued yet")).to_be_visible()
    assert_fits(page)
    looked_at(page)
    assert reverse("admin:credentials_signatory_add") in page.get_by_role(
        "link", name="Name a signatory"
    ).get_attribute("href")
    signatory(host)
    page.goto(reverse("attendance:list", args=[meeting_of(session).pk]))
    page.get_by_role("link", name="All lists are closed: to the certificates").click()
    assert_fits(page)
    looked_at(page)
    page.get_by_role("link", name="Issue certificates").click()
    expect(page.get_by_text("2 people will be written to: English 2.")).to_be_visible()
    assert_fits(page)
    looked_at(page)
    page.get_by_role("button", name="Issue, and write to the people").click()
    expect(page.get_by_text("2 certificates were issued, and the people are written to.")).to_be_visible()
    assert_fits(page)
    looked_at(page)
    page.get_by_role("link", name="Grant Ben Okafor").click()
    page.get_by_label("Why it is granted").fill("She led the third day, and stood at the door on two.")
    assert_fits(page)
    looked_at(page)
    page.get_by_role("button", name="Grant it, and write to the person").click()
    expect(page.get_by_text("Ben Okafor has a certificate now, and is written to.")).to_be_visible()
    page.get_by_role("link", name=re.compile(amina.certificates.get().code)).click()
    looked_at(page)
    page.get_by_role("link", name="Withdraw", exact=True).click()
    page.get_by_label("Why it is withdrawn").fill("Issued by mistake.")
    looked_at(page)
    page.get_by_role("button", name="Withdraw, and write to the people").click()
    expect(page.get_by_text("withdrawn; the person is written to.")).to_be_visible()
    assert Certificate.objects.get(registration=amina).why_withdrawn == "Issued by mistake."
    assert ben.certificates.get().said.granted
