"""Supporters at the desk: the station's are the Secretariat's, those of a host its coordinators'."""

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from pictures.small import size_of
from supporters.models import Logo, Supporter
from tests import cast
from tests.hubs import agreements
from tests.sample_pictures import LEFT, file_of
from tests.staff.activity_page import typed_in

pytestmark = pytest.mark.django_db

LIST, ADD = reverse("admin:supporters_supporter_changelist"), reverse("admin:supporters_supporter_add")
TYPED = {"name": "River Bank", "link": "https://bank.example/", "from_day": "2026-01-01"}


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def picture():
    return file_of(Image.new("RGB", (640, 160), LEFT), "logo.png")


def page_of(one):
    return reverse("admin:supporters_supporter_change", args=[one.pk])


@pytest.fixture
def host():
    return cast.host("seoul")


@pytest.fixture
def client(host):
    return as_(cast.coordinator(host))


def posted(client, **typed):
    return client.post(ADD, typed_in(client.get(ADD)) | TYPED | typed)


def test_the_secretariat_adds_one_of_the_station_with_logos():
    client = as_(cast.secretary())
    answer = posted(client, light=picture(), dark=picture())
    assert answer.status_code == 302, answer.context["errors"]
    one = Supporter.objects.get()
    assert one.of is None
    assert {size_of(bytes(logo.webp)) for logo in one.logos.all()} == {(320, 80)}
    assert (
        client.post(page_of(one), typed_in(client.get(page_of(one))) | {"dark-goes": "on"}).status_code == 302
    )
    one.refresh_from_db()
    assert (bool(one.logo_light), one.logo_dark, Logo.objects.count()) == (True, "", 1)
    assert "River Bank" in client.get(f"{LIST}?of=station").text
    assert (
        client.post(reverse("admin:supporters_supporter_delete", args=[one.pk]), {"post": "yes"}).status_code
        == 302
    )
    assert not Logo.objects.exists()


def test_a_coordinator_adds_for_what_is_of_their_host(client, host):
    activity, agreement = cast.activity(host=host), agreements.signed(host, kind="terms_of_reference")
    for of in ({"host": host.pk}, {"agreement": agreement.pk}, {"activity": activity.pk}):
        answer = posted(client, **of)
        assert answer.status_code == 302, answer.context["errors"]
    assert Supporter.objects.seen_by(cast.coordinator(host)).count() == 3
    assert "River Bank" in client.get(f"{LIST}?of=activity-{activity.pk}").text
    assert "River Bank" not in client.get(f"{LIST}?of=station").text


def test_those_of_the_station_and_of_other_hosts_are_not_theirs(client):
    cairo = cast.host("cairo")
    others = [
        Supporter.objects.create(name="Foreign Fund", **of)
        for of in (
            {},
            {"host": cairo},
            {"activity": cast.activity(host=cairo)},
            {"agreement": agreements.signed(cairo, kind="terms_of_reference")},
        )
    ]
    assert "Foreign Fund" not in client.get(LIST).text
    assert {client.get(page_of(one)).status_code for one in others} == {404}
    assert "are the Secretariat’s" in posted(client).text
    for of in (
        {"host": cairo.pk},
        {"activity": others[2].activity_id},
        {"agreement": others[3].agreement_id},
    ):
        assert posted(client, **of).status_code == 200
    assert Supporter.objects.count() == 4


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"link": "http://bank.example/"}, "link"),
        ({"until_day": "2025-12-31"}, "until_day"),
        ({"name": ""}, "name"),
        ({"both": True}, "activity"),
    ],
)
def test_what_is_refused_is_said_at_its_field(client, host, typed, field):
    typed = dict(typed)
    if typed.pop("both", False):
        typed["activity"] = cast.activity(host=host).pk
    answer = posted(client, host=host.pk, **typed)
    assert answer.status_code == 200
    assert field in answer.context["adminform"].form.errors
    assert not Supporter.objects.exists()


def test_an_svg_is_refused_with_what_to_do(client, host):
    drawn = file_of(Image.new("RGB", (9, 9)), "logo.png")
    drawn.file.seek(0)
    drawn.file.truncate()
    drawn.write(b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')
    drawn.seek(0)
    drawn.size = 70
    assert "Save it as PNG or WebP" in posted(client, host=host.pk, light=drawn).text


def test_the_list_asks_as_much_for_many_as_for_one(client, host, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    Supporter.objects.create(name="One", host=host)
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for number in range(3):
        Supporter.objects.create(name=f"Bank {number}", activity=cast.activity(host=host))
    with django_assert_num_queries(len(few)):
        client.get(LIST)
