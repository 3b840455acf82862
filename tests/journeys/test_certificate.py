"""From closing a list to the check page: the list is closed, the worker issues, the letter leads, anybody checks."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from credentials import tasks
from credentials.models import Certificate
from tests import cast
from tests.credentials.making import rule, signatory, with_rule
from tests.learning_station.walking import signed_in
from tests.plugins.browser import assert_fits

from .proposing import link_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scripts", [True, pytest.param(False, marks=pytest.mark.long)])
def test_from_closing_a_list_to_the_check_page(open_page, live_server, axe, scripts):
    start = timezone.now() - timedelta(hours=3)
    session = with_rule(cast.session(starts_at=start, lasts=timedelta(hours=1)), rule(100))
    signatory(session.activity.host)
    amina = cast.person("أمينة الزيّات", language="ar")
    registration = cast.register(session, amina, now=start - timedelta(days=1))
    meeting = session.meetings.get()

    def looked_at(page: Page, *, width: int) -> None:
        if scripts:
            assert_fits(page)
            axe(page)

    staff = open_page(scripts=scripts)
    signed_in(staff, cast.coordinator(session.activity.host), live_server.url)
    staff.goto(f"/meetings/{meeting.pk}/attendance/")
    staff.locator(f"#r{registration.pk} [value='present/']").click()
    expect(staff.locator(f"#r{registration.pk}")).to_have_attribute("data-state", "present")
    staff.locator("a[href$='/closing/']").click()
    staff.locator("[value=taken]").click()
    expect(staff.locator("a[href$='/opening/']").first).to_be_visible()

    assert tasks.issue_due(now=timezone.now()) == 1
    certificate = Certificate.objects.get()
    address = link_in("certificate_issued")
    assert address == f"/ar/certificates/{certificate.code}/", "as the person reads"

    owner = open_page(width=390, scripts=scripts)
    signed_in(owner, amina, live_server.url)
    owner.goto(address)
    expect(owner.locator("html")).to_have_attribute("dir", "rtl")
    looked_at(owner, width=390)
    with owner.expect_download() as download:
        owner.locator(f"a[href$='{certificate.code}.pdf']").first.click()
    assert download.value.path().read_bytes().startswith(b"%PDF")

    for language, width in (("", 1280), ("/ar", 390)):
        visitor = open_page(width=width, scripts=scripts)
        visitor.goto(f"{language}/certificates/")
        looked_at(visitor, width=width)
        visitor.locator("main input[name=code]").fill(certificate.code.lower())
        visitor.locator("main form button").click()
        expect(visitor.locator("main h1")).to_be_visible()
        expect(visitor.locator("main")).to_contain_text(re.compile("أمينة الزيّات"))
        expect(visitor.locator("[data-standing]").first).to_have_attribute("data-standing", "valid")
        looked_at(visitor, width=width)
