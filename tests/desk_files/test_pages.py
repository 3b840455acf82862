"""The pages: from the list at the desk to a file, what it would do, done, taken back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import Organization, User
from catalog.models import Activity
from imports.kinds import kind_named
from imports.models import Import
from imports.reading import read_file
from tests import cast
from tests.imports.making import as_csv

from .making import done, read

pytestmark = pytest.mark.django_db
HEADINGS = ("Name", "Kind", "Country", "Region", "Mayor")
ROWS = [("Dakar", "member", "Senegal", "Africa", "x"), ("Lagos", "member", "Atlantis", "Africa", "")]


def client_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def sent(client: Client, kind: str, content: bytes, **more):
    file = SimpleUploadedFile("list.csv", content)
    return client.post(reverse("imports:new_of", args=[kind]), {"file": file, "text": "", **more})


def test_from_the_list_of_organizations_to_its_end():
    client = client_of(cast.secretary())
    page = client.get(reverse("admin:accounts_organization_changelist")).content.decode()
    assert reverse("imports:new_of", args=["organizations"]) in page
    assert reverse("admin:accounts_organization_export") in page
    answer = sent(client, "organizations", as_csv(ROWS, HEADINGS))
    of = Import.objects.get()
    assert (answer.status_code, answer.url) == (302, of.get_absolute_url())
    page = client.get(of.get_absolute_url()).content.decode()
    assert "Import 1 row" in page
    assert "Country: “Atlantis” is not known." in page
    assert "Mayor" in page
    assert not Organization.objects.exists()
    client.post(reverse("imports:begin", args=[of.pk]))
    page = client.get(of.get_absolute_url()).content.decode()
    assert "What came of the import" in page
    assert Organization.objects.get().name == "Dakar"
    refused = client.get(reverse("imports:refused", args=[of.pk])).content.decode("utf-8-sig")
    assert refused.splitlines()[1:] == ["Lagos,member,Atlantis,Africa,,Country: “Atlantis” is not known."]
    page = client.get(reverse("imports:undoing", args=[of.pk])).content.decode()
    assert "1 new one is taken out again" in page
    client.post(reverse("imports:undoing", args=[of.pk]))
    assert "This import was undone" in client.get(of.get_absolute_url()).content.decode()
    assert not Organization.objects.exists()


def test_columns_that_nobody_knows_are_told_apart_by_staff():
    client = client_of(cast.secretary())
    sent(client, "organizations", as_csv([("Dakar", "SN")], ("Municipalité", "Pays")))
    of = Import.objects.get()
    form = {"all-column_0": "name", "all-column_1": "country"}
    client.post(reverse("imports:columns", args=[of.pk]), form)
    of.refresh_from_db()
    assert of.columns == ["name", "country"]
    assert of.entries.get().key == "dakar SN"
    twice = client.post(reverse("imports:columns", args=[of.pk]), form | {"all-column_1": "name"})
    assert (twice.status_code, "Two columns" in twice.content.decode()) == (422, True)


def test_an_empty_file_has_headings_that_are_read():
    client = client_of(cast.secretary())
    for language in ("en", "fr", "ar"):
        with translation.override(language):
            page = reverse("imports:headings", args=["organizations"])
        content = client.get(page).content
        assert content.decode("utf-8-sig").count("\n") == 1
        between = ";" if language == "fr" else ","
        filled = content + between.join(["x"] * 20).encode() + b"\n"
        sheet = read_file(filled, kind_named("organizations").vocabulary)
        assert "" not in sheet.columns
        assert len(set(sheet.columns)) == 20


@pytest.mark.parametrize("who", ["coordinator", "reader"])
def test_others_bring_no_organizations_and_see_no_link_to_it(who):
    client = client_of(cast.coordinator(cast.host()) if who == "coordinator" else cast.reader())
    page = client.get(reverse("admin:accounts_organization_changelist")).content.decode()
    assert "Import organizations" not in page
    assert "Export" not in page
    assert client.get(reverse("imports:new_of", args=["organizations"])).status_code == 403
    assert client.get(reverse("imports:new_of", args=["nothing"])).status_code == 404
    assert client.get(reverse("admin:accounts_organization_export")).status_code == 403


def test_undoing_asks_first_what_goes_and_what_stays():
    staff, host = cast.secretary(), cast.host("seoul", timezone="Asia/Seoul")
    rows = [("Water", "webinar", host.slug, f"2027-03-0{day} 10:00–11:00") for day in (1, 2)]
    of = done(read("activities", rows, ("Title", "Format", "Host", "Meetings"), by=staff))
    page = client_of(staff).get(reverse("imports:undoing", args=[of.pk])).content.decode()
    assert "2 new ones are taken out again" in page
    Activity.objects.update(published_at=timezone.now())
    page = client_of(staff).get(reverse("imports:undoing", args=[of.pk])).content.decode()
    assert "There is nothing left to take back." in page
    assert page.count("Water: stays: something hangs on it") == 2


def test_people_are_asked_for_with_whose_list_it_is_and_on_what_ground():
    client = client_of(cast.secretary())
    content = as_csv([("awa@dakar.example", "Awa")], ("E-mail", "Name"))
    assert sent(client, "people", content).status_code == 422
    for_all = {"organization_other": "Dakar", "post": "Planner", "profile": "technical"}
    place = {"country": "SN", "timezone": "Africa/Dakar", "language": "fr"}
    sent(client, "people", content, source="Alumni", ground="named", **for_all, **place)
    of = Import.objects.get()
    page = client.get(of.get_absolute_url()).content.decode()
    assert "The letters wait for an hour" in page
    form = {"all-column_0": "email", "all-column_1": "name", "all-post": "Engineer"}
    rest = {f"all-{name}": value for name, value in (for_all | place).items() if name != "post"}
    client.post(reverse("imports:columns", args=[of.pk]), form | rest)
    client.post(reverse("imports:begin", args=[of.pk]))
    assert User.objects.get(email="awa@dakar.example").post == "Engineer"
    page = client.get(reverse("imports:undoing", args=[of.pk])).content.decode()
    assert "1 new one is taken out again" in page
