"""A file of a material at its own address: who has it, and what it says of itself."""

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from attendance import actions as attendance_actions
from catalog.models import Activity, Material
from registrations import actions
from tests import cast
from tests.attendance.making import HOUR, START, meeting_of, program
from tests.documents import PDF
from tests.hubs.files import files_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path):
    with files_in(tmp_path):
        yield


@pytest.fixture
def session():
    return program(days=1, places=1)


@pytest.fixture
def registration(session):
    return cast.register(session, now=START - 5 * 24 * HOUR)


def give(session, to: str) -> Material:
    made = Material(activity=session.activity, session=session, title="Plan", shown_to=to)
    made.file_name, made.file_size = "خطة Été.pdf", len(PDF)
    made.file.save("plan.pdf", ContentFile(PDF), save=False)
    made.save()
    return made


def asked(client, material, person=None):
    client.logout()
    if person:
        client.force_login(person)
    return client.get(material.address)


def has(client, material, person) -> bool:
    answer = asked(client, material, person)
    assert answer.status_code in (200, 404)
    return answer.status_code == 200 and b"".join(answer.streaming_content) == PDF


def test_what_is_for_everyone_needs_no_account_and_no_cache_keeps_it(client, session):
    answer = asked(client, give(session, "everyone"))
    assert b"".join(answer.streaming_content) == PDF
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''%D8%AE%D8%B7%D8%A9%20%C3%89t%C3%A9.pdf"
    )
    assert not client.cookies


def test_what_is_for_others_asks_to_sign_in_as_does_what_is_not_there(client, session):
    material = give(session, "participants")
    nothing = Material(pk=material.pk + 1, file="gone.pdf")
    for one in (material, nothing):
        assert asked(client, one).url == f"/accounts/login/?next={one.address}"
    assert asked(client, nothing, cast.person()).status_code == 404


def test_who_has_a_place_has_it_and_who_waits_or_cancelled_has_not(client, session, registration):
    material = give(session, "participants")
    waits = cast.register(session, now=START - 4 * 24 * HOUR)
    assert has(client, material, registration.person)
    assert not has(client, material, waits.person)
    assert not has(client, material, cast.person("Nobody Here"))
    actions.cancel(registration=registration, by=registration.person, now=START - 3 * 24 * HOUR)
    assert not has(client, material, registration.person)
    assert has(client, material, waits.person), "who came in their place"


def test_who_was_there_has_what_is_for_those_who_attended(client, session, registration):
    material = give(session, "attended")
    assert not has(client, material, registration.person)
    attendance_actions.note(
        registration=registration,
        meeting=meeting_of(session),
        state="present",
        by=cast.secretary(),
        now=START + HOUR,
    )
    assert has(client, material, registration.person)


def test_of_what_is_called_off_or_withdrawn_staff_alone_have_it(client, session, registration):
    registered, everyone = give(session, "participants"), give(session, "everyone")
    staff, of_another = cast.secretary(), cast.coordinator(cast.host("cairo"))
    Activity.objects.update(withdrawn_at=timezone.now())
    for material in (registered, everyone):
        assert not has(client, material, registration.person)
        assert not has(client, material, of_another)
        assert has(client, material, staff)
        assert asked(client, material).status_code == 302
    Activity.objects.update(withdrawn_at=None)
    actions.cancel_session(session=session, reason="", by=staff, now=START - 24 * HOUR)
    assert not has(client, registered, registration.person)
    assert has(client, everyone, registration.person), (
        "as a link for everyone, which stays on the activity's page"
    )


def test_a_link_is_no_file_and_a_file_that_is_gone_is_not_there(client, session):
    link = Material.objects.create(activity=session.activity, title="x", link="https://library.example/x")
    staff = cast.secretary()
    client.force_login(staff)
    assert client.get(f"/materials/{link.pk}/file/").status_code == 404
    material = give(session, "everyone")
    material.file.storage.delete(material.file.name)
    assert asked(client, material, staff).status_code == 404
    assert client.post(material.address).status_code == 405


def test_a_part_of_it_is_asked_for(client, session):
    answer = client.get(give(session, "everyone").address, headers={"Range": "bytes=1-4"})
    assert (answer.status_code, b"".join(answer.streaming_content)) == (206, PDF[1:5])
