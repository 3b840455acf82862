"""The pages of imports: a list is chosen, looked at, understood otherwise, begun, undone."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import erasing
from accounts.models import User
from accounts.my_data import everything_about
from imports import actions, tasks
from imports.attention import standing_still
from imports.models import Entry, Import
from imports.views import imports as views
from registrations.models import Registration
from staff.attention import what_needs_attention
from tests import cast

from .making import as_csv, as_xlsx, done, imported, people

pytestmark = pytest.mark.django_db

NEW = "imports:new"


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def sent(session, **said) -> dict[str, object]:
    return {
        "session": session.pk,
        "ground": "named",
        "source": "Dakar",
        "language": "en",
        "timezone": "Africa/Dakar",
    } | said


def file(content: bytes, name: str = "people.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize(
    "said",
    [
        {"file": lambda: file(as_csv(people(3)))},
        {"file": lambda: file(as_xlsx(people(3)), "people.xlsx")},
        {"text": lambda: as_csv(people(3), separator="\t").decode()},
    ],
    ids=["csv", "xlsx", "pasted"],
)
def test_from_the_list_to_people_registered(said):
    session, client = cast.session(), signed_in(cast.secretary())
    answer = client.post(reverse(NEW), sent(session, **{name: make() for name, make in said.items()}))
    of = Import.objects.get()
    assert answer.url == of.get_absolute_url()
    page = client.get(answer.url).content.decode()
    assert "What would happen" in page
    assert "3 people will be written to: English 3." in page
    assert "nominee.1@dakar.example" in page
    assert not Registration.objects.exists()
    assert client.post(reverse("imports:begin", args=[of.pk])).url == of.get_absolute_url()
    assert session.registrations.count() == 3
    page = client.get(of.get_absolute_url()).content.decode()
    assert "What came of the import" in page
    assert "Undo this import" in page


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({}, "file", "Choose a file, or paste a list: one of the two."),
        ({"text": "Ana"}, "text", "There is no e-mail address in it."),
        ({"text": "a@b.example", "ground": ""}, "ground", "This field is required."),
        ({"text": "a@b.example", "source": ""}, "source", "This field is required."),
    ],
)
def test_what_is_missing_is_said(said, field, words):
    answer = signed_in(cast.secretary()).post(reverse(NEW), sent(cast.session(), **said))
    assert answer.status_code == 422
    assert answer.context["form"].errors[field] == [words]


def test_a_file_of_more_than_5_mb_is_refused_with_a_sentence():
    answer = signed_in(cast.secretary()).post(reverse(NEW), sent(cast.session(), file=file(b"x" * 5_300_000)))
    assert "The file is larger than 5 MB." in answer.content.decode()
    assert not Import.objects.exists()


def test_staff_say_what_unknown_columns_mean():
    client = signed_in(cast.secretary())
    rows = [("a@b.example", "Ana", "Engineer"), ("b@b.example", "Ben", "Planner")]
    client.post(
        reverse(NEW), sent(cast.session(), file=file(as_csv(rows, ("E-mail", "Name", "What they do"))))
    )
    of = Import.objects.get()
    page = client.get(of.get_absolute_url()).content.decode()
    assert "These columns are not known, and are not taken:" in page
    assert "Missing: Organization, Post, Profile, Country." in page or "Missing: " in page
    said = {
        "column_0": "email",
        "column_1": "name",
        "column_2": "post",
        "profile": "technical",
        "country": "SN",
    }
    said |= {"organization_other": "City", "language": "fr"}
    said = {f"all-{name}": value for name, value in said.items()}
    assert client.post(reverse("imports:columns", args=[of.pk]), said).status_code == 302
    page = client.get(of.get_absolute_url()).content.decode()
    assert "2 people will be written to: French 2." in page
    twice = said | {"all-column_1": "email"}
    answer = client.post(reverse("imports:columns", args=[of.pk]), twice)
    assert answer.status_code == 422
    assert "Two columns are said to hold the same." in answer.content.decode()


def test_without_a_column_of_addresses_nothing_is_begun_before_it_is_chosen():
    client = signed_in(cast.secretary())
    client.post(reverse(NEW), sent(cast.session(), file=file(as_csv([("Ana", "7")], ("Name", "Shoe size")))))
    page = client.get(Import.objects.get().get_absolute_url()).content.decode()
    assert "Which column holds the e-mail addresses?" in page
    assert "Register 1 person" not in page


def test_rows_are_shown_by_what_happens_and_fifty_at_a_time():
    client, of = (
        signed_in(cast.secretary()),
        imported(cast.session(), [*people(60), ("bad", "", "", "", "", "")]),
    )
    page = client.get(of.get_absolute_url()).context["desk"]
    assert (len(page.rows), page.pages.paginator.count, page.refused) == (50, 61, 1)
    refused = client.get(of.get_absolute_url(), {"what": "refused"}).context["desk"].rows
    assert [(row.number, row.why) for row in refused] == [(62, "“bad” is no e-mail address.")]


def test_coordinators_import_for_their_own_host_and_see_their_own_imports_alone():
    ours, theirs = cast.session(), cast.session(cast.activity(host=cast.host("cairo")))
    coordinator = cast.coordinator(ours.activity.host)
    client = signed_in(coordinator)
    offered = client.get(reverse(NEW), {"session": theirs.pk}).context["form"].fields["session"].queryset
    assert list(offered) == [ours]
    assert client.post(reverse(NEW), sent(theirs, text="a@b.example")).status_code == 422
    assert client.post(reverse(NEW), sent(ours, file=file(as_csv(people(2))))).status_code == 302
    mine, secretariats = Import.objects.get(), imported(ours, people(1), by=cast.secretary())
    page = client.get(mine.get_absolute_url()).content.decode()
    assert "Register 2 people" in page
    assert "will be written to" not in page  # in which languages people read is theirs to say
    for address in ("import", "refused", "undoing", "begin", "columns"):
        assert client.get(reverse(f"imports:{address}", args=[secretariats.pk])).status_code in (404, 405)


def test_many_are_left_to_the_worker_and_the_page_says_how_far_it_is(monkeypatch):
    handed_over = []
    monkeypatch.setattr(views, "publish", lambda task, number: handed_over.append((task, number)))
    monkeypatch.setattr(views, "SECONDS", 0)
    client, session = signed_in(cast.secretary()), cast.session()
    of = imported(session, people(3))
    client.post(reverse("imports:begin", args=[of.pk]))
    assert handed_over == [(tasks.go_on, of.pk)]
    page = client.get(of.get_absolute_url()).content.decode()
    assert "0 of 3 rows are" in page
    assert "js/imports" in page
    tasks.go_on(of.pk)
    assert session.registrations.count() == 3
    client.post(reverse("imports:undoing", args=[of.pk]))
    assert "It is being undone." in client.get(of.get_absolute_url()).content.decode()
    tasks.go_on(of.pk)
    assert not session.registrations.exists()


def test_undoing_asks_first_and_says_what_it_would_come_to():
    session, client = cast.session(), signed_in(cast.secretary())
    of = done(session, people(2))
    User.objects.filter(registrations__session=session, email__startswith="nominee.1").update(
        last_login=timezone.now()
    )
    page = client.get(reverse("imports:undoing", args=[of.pk])).content.decode()
    assert "2 people have not been" in page
    assert "These have signed in meanwhile, so their accounts stay:" in page
    assert session.registrations.count() == 2
    assert client.post(reverse("imports:undoing", args=[of.pk])).url == of.get_absolute_url()
    page = client.get(of.get_absolute_url()).content.decode()
    assert "This import was undone" in page
    assert "2 · as if it had not been" in page
    again = client.post(reverse("imports:undoing", args=[of.pk]), follow=True).content.decode()
    assert "This import can no longer be undone" in again


def test_the_desks_first_page_leads_to_it_and_tells_of_one_that_stands_still():
    staff, now = cast.secretary(), timezone.now()
    assert standing_still(staff, now).lines == []
    of = imported(cast.session(), people(1), by=staff)
    actions.begin(of=of, by=staff, now=now - timedelta(minutes=16))
    assert [line.address for line in standing_still(staff, now).lines] == [of.get_absolute_url()]
    assert standing_still(cast.coordinator(), now).lines == []
    assert reverse(NEW) in [card.all_address for card in what_needs_attention(staff, now)]
    assert reverse(NEW) not in [card.all_address for card in what_needs_attention(cast.reader(), now)]


# What becomes of what the rows say


def test_rows_are_emptied_after_30_days_and_files_that_nobody_began_after_one():
    session, now = cast.session(), timezone.now()
    kept, unused = done(session, people(2)), imported(session, people(1))
    Import.objects.update(read_at=now - timedelta(days=1, minutes=1))
    assert actions.forget_old(now=now) == 1
    assert list(Import.objects.all()) == [kept]
    assert unused.entries.count() == 0
    assert actions.forget_old(now=now + timedelta(days=28)) == 0
    assert actions.forget_old(now=now + timedelta(days=29)) == 1
    kept.refresh_from_db()
    assert (kept.file_name, kept.headings, kept.emptied_at is None) == ("", [], False)
    assert set(kept.entries.values_list("email", "why", "outcome")) == {("", "", "new")}
    assert not Entry.objects.exclude(cells=[]).exists()
    page = signed_in(cast.secretary()).get(kept.get_absolute_url()).content.decode()
    assert "What the rows said was deleted after 30 days." in page


def test_who_is_erased_is_in_no_row_any_more_and_before_it_in_their_download():
    session, staff = cast.session(), cast.secretary("Marta Soler")
    of = done(session, people(2), by=staff)
    draft = imported(cast.session(), people(2), by=staff)
    person = User.objects.get(email="nominee.1@dakar.example")
    [told] = everything_about(person)["entered_by_staff"]
    assert (told["entered_by"], told["out_of_the_list"], told["on_what_ground"]) == (
        "Marta Soler",
        "Nominations of Dakar",
        "named",
    )
    assert told["the_row_said"]["Post"] == "Officer"
    erasing.erase_person(person=person, by=staff)
    for one in (of, draft):
        assert list(one.entries.values_list("cells", flat=True)[:1]) == [[]]
        assert list(one.entries.values_list("email", flat=True)) == ["", "nominee.2@dakar.example"]
    actions.begin(of=draft, by=staff)
    actions.go_on(of=draft)
    assert list(draft.entries.values_list("outcome", flat=True)) == ["refused", "new"]


def test_the_list_of_a_sessions_people_leads_to_its_imports(client):
    session = cast.session()
    client.force_login(cast.secretary())
    address = reverse("admin:registrations_registration_changelist")
    page = client.get(f"{address}?session__id__exact={session.pk}").content.decode()
    assert f'href="{reverse("imports:new")}?session={session.pk}"' in page
    client.force_login(cast.reader())
    assert reverse("imports:new") not in client.get(address).content.decode()
