"""What was given for a session, on the page of a registration: fetched with and without scripts, read by everybody."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from attendance import actions as attendance_actions
from catalog.models import Material
from tests import cast
from tests.documents import PDF, WEBM
from tests.hubs.files import files_in
from tests.learning_station.walking import Walk, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def folder(tmp_path):
    with files_in(tmp_path):
        yield


def give(session, title: str, name: str, content: bytes, **said) -> Material:
    made = Material(activity=session.activity, session=session, title=title, **said)
    made.file_name, made.file_size = name, len(content)
    made.file.save(name, ContentFile(content), save=False)
    made.save()
    return made


@pytest.fixture
def registrations():
    """Of two people at a session that is over: one was there."""
    begun = timezone.now() - 2 * DAY
    session = cast.session(cast.activity("Night buses"), meetings=[(begun, begun + HOUR, "")])
    amina, bo = cast.person("Amina Diallo"), cast.person("Bo Chen")
    made = [cast.register(session, person, now=begun - 5 * DAY) for person in (amina, bo)]
    attendance_actions.note(
        registration=made[0], meeting=session.meetings.get(), state="present", by=cast.secretary(), now=begun
    )
    give(session, "Slides", "خطة الليل.pdf", PDF, meant_for="before", shown_to="participants")
    give(
        session,
        "Film of the evening",
        "film.webm",
        WEBM,
        kind="recording",
        shown_to="attended",
        language="fr",
    )
    Material.objects.create(activity=session.activity, title="Reader", link="https://library.example/reader")
    return made


@pytest.mark.parametrize("scripts", [pytest.param(True, marks=pytest.mark.long), False])
def test_files_are_fetched_from_the_page_of_the_registration(open_page, live_server, registrations, scripts):
    there, missed = registrations
    page = open_page(width=390, scripts=scripts)
    signed_in(page, there.person, live_server.url)
    page.goto(there.get_absolute_url())
    for title, name, content in (
        ("Slides", "خطة الليل.pdf", PDF),
        ("Film of the evening", "film.webm", WEBM),
    ):
        with page.expect_download() as fetched:
            page.get_by_role("link", name=title).click()
        assert fetched.value.suggested_filename == name
        assert Path(fetched.value.path()).read_bytes() == content
    page.context.clear_cookies()
    signed_in(page, missed.person, live_server.url)
    page.goto(missed.get_absolute_url())
    assert page.get_by_role("link", name="Film of the evening").count() == 0
    told = page.get_by_role("listitem").filter(has_text="Film of the evening").inner_text().split("\n")
    assert told == [
        "Film of the evening",
        "for people who attended · recording · WEBM · 68\xa0bytes · French",
    ]


def test_axe_finds_nothing_and_nothing_sticks_out_in_arabic_either(page, live_server, registrations):
    there, missed = registrations
    activity = there.session.activity.get_absolute_url()
    signed_in(page, there.person, live_server.url)
    walk = Walk(page)
    addresses = [there.get_absolute_url(), activity]
    walk.through(addresses, walk.look_everywhere)
    walk.through([f"/ar{address}" for address in addresses], lambda one: walk.look_at_sizes(one, 390))
    page.context.clear_cookies()
    signed_in(page, missed.person, live_server.url)
    walk.through([f"/ar{missed.get_absolute_url()}"], walk.look_everywhere)
    walk.done()


def test_a_file_that_is_too_large_is_not_sent_at_all(page, live_server, registrations):
    signed_in(page, cast.secretary("Rosa Mendes"), live_server.url)
    page.goto(f"/admin/catalog/activity/{registrations[0].session.activity.pk}/change/")
    chooser = page.locator('input[name="materials-0-file_chosen"]')
    chooser.evaluate("(it) => { it.dataset.largest = 3; }")
    chooser.set_input_files({"name": "long.pdf", "mimeType": "application/pdf", "buffer": PDF})
    assert page.get_by_role("alert").inner_text().startswith("This file is larger than 50")
    assert chooser.input_value() == ""
    chooser.set_input_files({"name": "short.pdf", "mimeType": "application/pdf", "buffer": b"%P"})
    assert page.get_by_role("alert").count() == 0
