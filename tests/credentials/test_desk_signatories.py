"""Who signs, at the desk: named by the host's staff, with a picture that becomes clean, and gone when nobody needs it."""

import re
from base64 import b64decode
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from credentials import actions
from credentials.models import Certificate, Signatory, Signature
from page_cache import edition
from tests import cast
from tests.sample_pictures import file_of
from tests.staff.activity_page import typed_in

from .making import finished, signatory
from .test_signature_picture import paper

pytestmark = pytest.mark.django_db

LIST, ADD = reverse("admin:credentials_signatory_changelist"), reverse("admin:credentials_signatory_add")
TYPED = {
    "name": "Dr. Mina Park",
    "post_en": "Director",
    "post_fr": "Directrice",
    "post_es": "Directora",
    "from_day": "2026-01-01",
    "until_day": "",
}


def page_of(one):
    return reverse("admin:credentials_signatory_change", args=[one.pk])


def as_(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def host():
    return cast.host("seoul")


@pytest.fixture
def client(host):
    return as_(cast.coordinator(host))


def picture():
    return file_of(paper((1200, 600)), "signature.jpg")


def saved(client, one, **typed):
    return client.post(page_of(one), typed_in(client.get(page_of(one))) | typed)


def test_a_coordinator_names_who_signs_for_their_host(client, host):
    before = edition.current_edition()
    with_host = typed_in(client.get(ADD))
    assert with_host["host"] == str(host.pk), "there is one to choose from"
    answer = client.post(ADD, with_host | TYPED | {"picture": picture()})
    assert answer.status_code == 302, answer.context["errors"]
    one = Signatory.objects.get()
    assert (one.host, one.name, one.post_fr, one.from_day) == (
        host,
        "Dr. Mina Park",
        "Directrice",
        date(2026, 1, 1),
    )
    assert one.signature.png[:4] == b"\x89PNG"
    assert edition.current_edition() == before, "after the commit"
    page = client.get(page_of(one)).text
    shown = re.search(r"data:image/png;base64,([^\"]+)", page)[1]
    assert b64decode(shown) == bytes(one.signature.png)
    listed = client.get(LIST).text
    assert "signs now" in listed


def test_the_public_pages_are_made_anew(client, host, django_capture_on_commit_callbacks):
    before = edition.current_edition()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(ADD, TYPED | {"host": host.pk})
    assert edition.current_edition() != before


def test_another_hosts_is_neither_offered_nor_found(client):
    other = signatory(cast.host("cairo"))
    assert client.get(page_of(other)).status_code == 404
    assert list(client.get(LIST).context["cl"].result_list) == []
    answer = client.post(ADD, TYPED | {"host": other.host_id})
    assert answer.status_code == 200
    assert Signatory.objects.count() == 1


def test_a_reader_looks_and_changes_nothing(host):
    one = signatory(host)
    actions.sign_with(signatory=one, picture=made_picture(), by=cast.secretary())
    reader = as_(cast.reader())
    page = reader.get(page_of(one))
    assert page.status_code == 200
    assert "data:image/png;base64," in page.text
    assert 'type="file"' not in page.text
    assert reader.get(ADD).status_code == 403
    assert reader.post(page_of(one), TYPED).status_code == 403


def test_a_coordinator_deletes_none_and_the_secretariat_does(client, host):
    one = signatory(host)
    delete = reverse("admin:credentials_signatory_delete", args=[one.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    assert as_(cast.secretary()).post(delete, {"post": "yes"}).status_code == 302
    assert not Signatory.objects.exists()


def made_picture():
    from credentials.signature_picture import signature_picture

    return signature_picture(picture())


class TestPicture:
    @pytest.fixture
    def one(self, host):
        one = signatory(host)
        actions.sign_with(signatory=one, picture=made_picture(), by=cast.secretary())
        return one

    def test_another_takes_its_place_and_the_former_is_forgotten(self, client, one):
        former = one.signature_id
        assert saved(client, one, picture=picture()).status_code == 302
        one.refresh_from_db()
        assert one.signature_id not in (None, former)
        assert Signature.objects.count() == 1

    def test_it_is_removed_and_forgotten(self, client, one):
        assert saved(client, one, **{"picture-goes": "on"}).status_code == 302
        one.refresh_from_db()
        assert one.signature is None
        assert not Signature.objects.exists()

    def test_what_was_signed_keeps_it(self, client, one):
        session = finished(1)
        actions.issue(session=session, now=session.ends_at)
        former = one.signature_id
        assert saved(client, one, picture=picture(), name="Somebody Else").status_code == 302
        certificate = Certificate.objects.get()
        assert (certificate.signature_id, certificate.said.signed_by) == (former, "Dr. Mina Park")
        assert Signature.objects.count() == 2
        actions.remove_signatory(signatory=one, by=cast.secretary())
        assert list(Signature.objects.all()) == [certificate.signature]

    def test_it_stays_when_something_else_is_saved(self, client, one):
        assert saved(client, one, name="Dr. Mina Park-Lee").status_code == 302
        one.refresh_from_db()
        assert (one.name, one.signature is None) == ("Dr. Mina Park-Lee", False)

    def test_it_goes_with_who_signed_by_it_alone(self, one):
        as_(cast.secretary()).post(
            reverse("admin:credentials_signatory_delete", args=[one.pk]), {"post": "yes"}
        )
        assert not Signature.objects.exists()


def test_an_error_elsewhere_costs_nobody_the_picture(client, host):
    answer = client.post(ADD, TYPED | {"host": host.pk, "name": "", "picture": picture()})
    assert answer.status_code == 200
    assert "Chosen, and not saved yet." in answer.text
    carried = re.search(r'name="picture-carried" value="([^"]+)"', answer.text)[1]
    answer = client.post(ADD, TYPED | {"host": host.pk, "picture-carried": carried})
    assert answer.status_code == 302
    assert Signatory.objects.get().signature is not None


@pytest.mark.parametrize("carried", ["nonsense", "bm9uc2Vuc2U=", "é"])
def test_what_rides_along_is_looked_at_like_a_file(client, host, carried):
    client.post(ADD, TYPED | {"host": host.pk, "picture-carried": carried})
    assert not Signature.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"until_day": "2025-12-31"}, "The last day is before the first."),
        ({"from_day": "2020-01-01"}, "Somebody else begins on this day. Choose another."),
        ({"post_en": ""}, "This field is required."),
        ({"picture": file_of(paper(ink=(255, 255, 255)), "s.png")}, "Nothing dark stands on something light"),
        ({"picture": file_of(paper((300, 200)), "s.gif")}, "This is no picture that we can read."),
    ],
)
def test_what_is_wrong_is_said(client, host, typed, sentence):
    signatory(host)
    answer = client.post(ADD, TYPED | {"host": host.pk} | typed)
    assert sentence in answer.text
    assert Signatory.objects.count() == 1


def test_the_list_says_who_signs_now(client, host):
    today = timezone.localdate()
    signatory(host, "First", from_day=date(2020, 1, 1))
    signatory(host, "Over", from_day=date(2021, 1, 1), until_day=date(2022, 1, 1))
    signatory(host, "Now", from_day=date(2023, 1, 1))
    signatory(host, "Later", from_day=today + timedelta(days=30))
    page = client.get(LIST)
    desk = page.context["cl"].model_admin
    said = {one.name: re.sub("<[^>]+>", "", desk.state(one)) for one in page.context["cl"].result_list}
    assert said == {
        "First": "another signs now",
        "Over": "signed before",
        "Now": "signs now",
        "Later": "signs later",
    }


def test_the_list_asks_the_same_number_of_questions(django_assert_num_queries, django_assert_max_num_queries):
    client = as_(cast.secretary())
    signatory(cast.host("seoul"))
    client.get(LIST)
    with django_assert_max_num_queries(30) as asked:
        client.get(LIST)
    for slug in ("cairo", "chengdu"):
        signatory(cast.host(slug))
    with django_assert_num_queries(len(asked)):
        client.get(LIST)


def test_the_hosts_page_says_who_signs_and_that_nobody_does(client, host):
    page = reverse("admin:hubs_host_change", args=[host.pk])
    before = client.get(page).text
    assert "nobody signs" in before
    assert f"{ADD}?host={host.pk}" in before
    signatory(host)
    after = client.get(page).text
    assert "Dr. Mina Park, Director" in after
    assert "nobody signs" not in after
    assert f"{LIST}?host={host.pk}" in after
    assert list(client.get(f"{LIST}?host={host.pk}").context["cl"].result_list) == list(
        Signatory.objects.all()
    )
