"""The list of registrations: searched, exported, added to and cancelled from."""

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from auditlog.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from catalog.models import Session
from desk import export
from desk.export import defused
from outbox.models import Letter
from registrations import actions, errors
from registrations.admin.registrations import refusal_words
from registrations.models import Registration
from tests import cast

pytestmark = pytest.mark.django_db

LIST = "admin:registrations_registration_changelist"


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(cast.secretary())
    return client


def people_listed(client: Client, **question: Any) -> set[str]:
    return {str(row.person) for row in client.get(reverse(LIST), question).context["cl"].result_list}


def test_search_and_filters_find_people(client: Client) -> None:
    water = cast.session(cast.activity("Water"), places=1)
    buses = cast.session(cast.activity("Buses", host=cast.host("cairo")))
    lima = cast.organization("Lima", country="PE", region="latin-america-caribbean")
    ada = cast.register(water, cast.person("Ada Mensah", organization=lima, profile=True))
    cast.register(water, cast.person("Bo Chen", email="bo@taipei.example"))
    cast.register(buses, cast.person("Chidi Obi"))
    assert people_listed(client, q="ada mensah") == {"Ada Mensah"}
    assert people_listed(client, q="taipei.example") == {"Bo Chen"}
    assert people_listed(client, q="lima") == {"Ada Mensah"}
    assert people_listed(client, q=ada.code) == {"Ada Mensah"}
    assert people_listed(client, state__exact="waiting") == {"Bo Chen"}
    assert people_listed(client, session__id__exact=water.pk) == {"Ada Mensah", "Bo Chen"}
    assert people_listed(client, activity=buses.activity_id) == {"Chidi Obi"}
    assert people_listed(client, session__activity__host__id__exact=buses.activity.host_id) == {"Chidi Obi"}
    assert people_listed(client, region="latin-america-caribbean") == {"Ada Mensah"}


def test_the_list_tells_positions_and_asks_the_same_number_of_questions(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    def asked() -> int:
        with django_assert_max_num_queries(30) as queries:
            client.get(reverse(LIST))
        return len(queries)

    session = cast.session(places=1)
    cast.register(session)
    asked()
    with_one = asked()
    for _n in range(3):
        cast.register(session)
    assert asked() == with_one
    page = client.get(reverse(LIST)).content.decode()
    for position in (1, 2, 3):
        assert f"waiting, number {position} in line" in page


# Adding and cancelling

NEW = {
    "name": "Ada Mensah",
    "organization_other": "City of Tema",
    "post": "Engineer",
    "profile": "technical",
    "country": "GH",
    "timezone": "Africa/Accra",
    "language": "en",
    "ground": "asked",
}


def test_staff_add_somebody_known_by_their_email(client: Client) -> None:
    session, ada = cast.session(), cast.person("Ada Mensah", email="ada@city.example")
    page = reverse("admin:registrations_registration_add")
    assert client.get(page, {"session": session.pk}).context["form"].initial["session"] == str(session.pk)
    answer = client.post(
        page, {"session": session.pk, "email": "ADA@city.example", "language": "fr", "ground": "named"}
    )
    registration = Registration.objects.get()
    assert answer.url == reverse("admin:registrations_registration_change", args=[registration.pk])
    assert (registration.person, registration.state) == (ada, "confirmed")
    assert User.objects.get(pk=ada.pk).language == "en"
    assert Letter.objects.get(kind="confirmation").to == "ada@city.example"
    entry = LogEntry.objects.get_for_object(registration).get(action=LogEntry.Action.CREATE)
    assert entry.actor.name == "Marta Soler"


def test_staff_add_somebody_new_with_their_profile(client: Client) -> None:
    session, page = cast.session(), reverse("admin:registrations_registration_add")
    answer = client.post(
        page, {"session": session.pk, "email": "ada@city.example", "language": "en", "ground": "asked"}
    )
    assert answer.status_code == 422
    assert "We do not know this person yet" in answer.content.decode()
    assert not User.objects.filter(email="ada@city.example").exists()
    assert client.post(page, {"session": session.pk, "email": "ada@city.example", **NEW}).status_code == 302
    person = User.objects.get(email="ada@city.example")
    assert (person.name, person.organization_name, person.has_profile) == ("Ada Mensah", "City of Tema", True)
    assert person.registrations.get().is_confirmed


# Enrolled by an e-mail address: what the host sees until the person agrees


FACTS = ("Noor Haddad", "City of Petra", "Chief Geologist")


@pytest.fixture
def noor() -> User:
    return cast.person(
        FACTS[0],
        email="nh@petra.example",
        member=False,
        organization_other=FACTS[1],
        post=FACTS[2],
        country="JO",
    )


@pytest.fixture
def enrolled(noor: User) -> Registration:
    coordinator = Client()
    coordinator.force_login(cast.coordinator())
    data = {"session": cast.session().pk, "email": noor.email, "language": "en", "ground": "named"}
    answer = coordinator.post(reverse("admin:registrations_registration_add"), data, follow=True)
    assert "h@petra.example has a place." in answer.content.decode()
    assert not any(fact in answer.content.decode() for fact in FACTS)
    return noor.registrations.get()


def what_the_host_sees(registration: Registration) -> str:
    """Every page and file in which the desk shows who is registered."""
    client = Client()
    client.force_login(cast.coordinator(name="Another Coordinator"))
    change = reverse("admin:registrations_registration_change", args=[registration.pk])
    cancel = f"{reverse('admin:registrations_registration_cancellation')}?ids={registration.pk}"
    session = reverse("admin:catalog_session_change", args=[registration.session_id])
    history = reverse("admin:registrations_registration_history", args=[registration.pk])
    own = registration.get_absolute_url()
    pages = (reverse(LIST), change, cancel, session, history, own, f"{own}cancellation/")
    seen = [client.get(page) for page in pages]
    assert [page.status_code for page in seen] == [200] * len(pages)
    export = client.post(reverse("admin:registrations_registration_export"), {"format": "0", "resource": "0"})
    return "".join(page.content.decode() for page in seen) + b"".join(export.streaming_content).decode()


def test_the_host_sees_no_more_than_was_typed_until_the_person_agrees(
    enrolled: Registration, noor: User
) -> None:
    seen = what_the_host_sees(enrolled)
    assert noor.email in seen
    assert [fact for fact in (*FACTS, "Jordan") if fact in seen] == []
    person = Client()
    person.force_login(noor)
    assert "sees your e-mail" in person.get(enrolled.get_absolute_url()).content.decode()
    consent = f"{enrolled.get_absolute_url()}consent/"
    assert person.get(consent).url == enrolled.get_absolute_url()  # GET changes nothing
    assert not noor.consents.exists()
    person.post(consent)
    person.post(consent)
    assert "may use my name" in noor.consents.get().wording
    seen = what_the_host_sees(enrolled)
    assert [fact for fact in (*FACTS, "Jordan") if fact not in seen] == []


@pytest.mark.parametrize(
    ("asked", "finds"),
    [
        ({"q": "Petra"}, True),  # the address says so itself
        ({"q": "nh@petra"}, True),
        ({"q": "Noor"}, False),
        ({"q": "City of Petra"}, False),
        ({"person__profile__exact": "technical"}, False),
        ({"state__exact": "confirmed"}, True),
    ],
)
def test_no_search_and_no_filter_tells_who_it_is(
    client: Client, enrolled: Registration, asked: dict[str, str], finds: bool
) -> None:
    listed = client.get(reverse(LIST), asked).context["cl"].result_list
    assert list(listed) == ([enrolled] if finds else [])


def test_nobody_agrees_for_another(enrolled: Registration, noor: User) -> None:
    with pytest.raises(PermissionDenied):
        actions.agree(registration=enrolled, by=cast.secretary())
    enrolled.refresh_from_db()
    assert not enrolled.discloses


def test_the_letter_says_who_registered_and_what_they_see(enrolled: Registration) -> None:
    letter = Letter.objects.get(kind="confirmation")
    for text in (letter.text, letter.html):
        assert "MITI Seoul registered you, and sees your e-mail address only." in text


def test_the_officer_says_on_what_ground(client: Client, noor: User) -> None:
    session, page = cast.session(), reverse("admin:registrations_registration_add")
    data = {"session": session.pk, "email": noor.email, "language": "en"}
    assert client.post(page, data).status_code == 422
    assert client.post(page, data | {"ground": "because"}).status_code == 422
    assert not Registration.objects.exists()
    client.post(page, data | {"ground": "asked"})
    said = noor.consents.get()
    assert said.wording.startswith(
        "Not clicked by the person: Marta Soler wrote down that the person asked us to"
    )
    actions.agree(registration=noor.registrations.get(), by=noor)
    own_consent = noor.consents.get(withdrawn_at=None)
    assert own_consent != said
    assert "Not clicked" not in own_consent.wording


def test_who_registers_again_by_themselves_is_seen(enrolled: Registration, noor: User) -> None:
    actions.cancel(registration=enrolled, by=noor)
    again = actions.register(session=enrolled.session, person=noor, by=noor)
    assert (again.pk, again.discloses, again.ground) == (enrolled.pk, True, "")


def test_staff_give_a_place_beyond_the_limit_only_when_they_say_so(client: Client) -> None:
    session = cast.session(places=1)
    cast.register(session)
    ada, bo = cast.person(email="ada@city.example"), cast.person(email="bo@city.example")
    page = reverse("admin:registrations_registration_add")
    client.post(page, {"session": session.pk, "email": ada.email, "language": "en", "ground": "asked"})
    assert ada.registrations.get().is_waiting
    client.post(
        page,
        {"session": session.pk, "email": bo.email, "language": "en", "ground": "asked", "over_places": "on"},
    )
    registration = bo.registrations.get()
    assert (registration.is_confirmed, registration.over_places) == (True, True)
    assert "beyond the places" in client.get(reverse(LIST)).content.decode()


def test_a_refusal_is_told_and_nothing_is_left_behind(client: Client) -> None:
    session = cast.session(eligibility="invited")
    data = {"session": session.pk, "email": "ada@city.example", **NEW}
    answer = client.post(reverse("admin:registrations_registration_add"), data)
    assert answer.status_code == 422
    assert "Invite the address first." in answer.content.decode()
    assert not User.objects.filter(email="ada@city.example").exists()


def test_a_coordinator_cannot_add_to_another_hosts_session() -> None:
    client = Client()
    client.force_login(cast.coordinator(cast.host("seoul")))
    foreign = cast.session(cast.activity(host=cast.host("cairo")))
    data = {"session": foreign.pk, "email": cast.person().email, "language": "en", "ground": "asked"}
    answer = client.post(reverse("admin:registrations_registration_add"), data)
    assert answer.status_code == 422
    assert not Registration.objects.exists()


def test_staff_cancel_after_a_question(client: Client) -> None:
    session = cast.session(places=1)
    first, second = cast.register(session), cast.register(session)
    page = f"{reverse('admin:registrations_registration_cancellation')}?ids={first.pk}"
    assert "1 person will be written to" in client.get(page).content.decode()
    assert Registration.objects.get(pk=first.pk).is_confirmed
    assert client.post(page).status_code == 422, "nobody is cancelled without hearing why"
    assert Registration.objects.get(pk=first.pk).is_confirmed
    client.post(page, {"en": "The room is too small."})
    first.refresh_from_db()
    assert (first.state, first.cancelled_for, first.cancelled_by.name) == (
        "cancelled",
        "staff",
        "Marta Soler",
    )
    assert Registration.objects.get(pk=second.pk).is_confirmed
    again = client.get(page).content.decode()
    assert "It was cancelled before." in again


def test_many_are_cancelled_by_name_with_the_reason_in_each_ones_language(client: Client) -> None:
    session = cast.session(cast.activity("Night buses"), places=13)
    names = [f"Rider {number:02}" for number in range(13)]
    registrations = [
        cast.register(session, cast.person(name, language="fr" if name == "Rider 07" else "en"))
        for name in names
    ]
    waiting = cast.register(session, cast.person("Last Rider"))
    ids = ",".join(str(registration.pk) for registration in (*registrations, waiting))
    page = f"{reverse('admin:registrations_registration_cancellation')}?ids={ids}"
    asked = client.get(page).content.decode()
    assert "Cancel these 14 registrations?" in asked
    assert "In all:" in asked
    assert "14 people will be written to: English 13, French 1." in asked
    button, first_name = asked.index("Cancel, and write to the people"), asked.index("Rider 00")
    assert asked.index("14 people") < button < first_name, "the button is not below a hundred names"
    assert [name for name in names if name not in asked] == []
    codes = [registration.code for registration in registrations]
    assert [code for code in codes if code in asked] == []
    assert asked.count("a place is taken back") == 1, "said once for all"
    answer = client.post(page, {"en": "The depot burned.", "fr": "Le dépôt a brûlé."}, follow=True)
    sentences = [str(message) for message in answer.context["messages"]]
    assert len(sentences) == 1
    assert sentences[0].endswith("; Rider 00, Dakar: cancelled; the person is written to.")
    reasons = {letter.to: letter.text for letter in Letter.objects.filter(kind="cancellation")}
    assert len(reasons) == 14
    in_french = registrations[7].person.email
    assert "Le dépôt a brûlé." in reasons.pop(in_french)
    assert all("The reason: The depot burned." in text for text in reasons.values())
    history = client.get(reverse("admin:registrations_registration_history", args=[registrations[3].pk]))
    assert "The depot burned." in history.content.decode()


HOURS = {  # how the session's hours are set, a sentence of the refusal, what the history says
    "too early": (
        {"registration_opens_at": timedelta(days=2)},
        "Registration opens on",
        "before registration opened",
    ),
    "closed": (
        {"registration_closes_at": -timedelta(hours=3)},
        "Registration closed on",
        "after registration closed",
    ),
    "begun": ({"starts_at": -timedelta(minutes=20)}, "Registration closed on", "after registration closed"),
    "over": ({"starts_at": -timedelta(days=3)}, "The session was over on", "after the session was over"),
    "members first": (
        {"members_first_until": timedelta(days=1), "eligibility": "members_first"},
        "the places are kept for people of member organizations",
        "while places were kept for members",
    ),
}


def set_at(now: datetime, fields: dict[str, Any]) -> dict[str, Any]:
    return {name: now + value if isinstance(value, timedelta) else value for name, value in fields.items()}


@pytest.mark.parametrize("name", HOURS)
def test_staff_add_who_comes_outside_of_the_hours_and_say_why(client: Client, name: str) -> None:
    fields, rule, deed = HOURS[name]
    session = cast.session(**set_at(timezone.now(), fields))
    page = f"{reverse('admin:registrations_registration_add')}?session={session.pk}"
    if name != "members first":  # that depends on the person
        assert rule in client.get(page).content.decode(), "told before anything is typed"
    data = {"session": session.pk, "email": "ada@city.example", **NEW}
    refused = client.post(page, data)
    assert refused.status_code == 422
    [said] = refused.context["form"].errors["why"]
    assert rule in said
    assert not User.objects.filter(email="ada@city.example").exists()
    assert client.post(page, data | {"why": "Named this morning."}).status_code == 302
    registration = Registration.objects.get()
    assert registration.is_confirmed
    history = client.get(reverse("admin:registrations_registration_history", args=[registration.pk])).text
    assert deed in history
    assert "Named this morning." in history
    letter = Letter.objects.get(kind="confirmation")
    if name == "over":
        assert letter.subject.startswith("You were added to a session")
        assert not letter.calendar, "no hour is kept that has passed"
        assert "cancel" not in letter.text.lower()
    else:
        assert letter.calendar


CANNOT = {
    "draft": "Publish it first.",
    "withdrawn": "Publish it again first.",
    "by application": "takes applications",
    "cancelled": "was cancelled",
    "by invitation": "Invite the address first.",
}


@pytest.mark.parametrize("name", CANNOT)
def test_no_reason_goes_past_other_rules_and_staff_are_told_in_their_words(name: str) -> None:
    activity = cast.activity(published=name != "draft")
    if name == "withdrawn":
        activity.withdrawn_at = timezone.now()
        activity.save()
    fields = {"by application": {"admission": "application"}, "by invitation": {"eligibility": "invited"}}
    session = cast.session(
        activity, registration_opens_at=timezone.now() + timedelta(days=1), **fields.get(name, {})
    )
    if name == "cancelled":
        actions.cancel_session(session=session, reason={"en": "Storm."}, by=cast.secretary("Other"))
    with pytest.raises(errors.Refused) as refused:
        actions.register(session=session, person=cast.person(), by=cast.secretary(), why="Please.")
    assert not isinstance(refused.value, errors.OutsideHours)
    assert CANNOT[name] in refusal_words(refused.value)
    assert not Registration.objects.exists()


def test_only_staff_go_past_the_hours() -> None:
    session = cast.session(registration_opens_at=timezone.now() + timedelta(days=1))
    with pytest.raises(errors.RegistrationNotOpenYet):
        cast.register(session, why="I am in a hurry.")


def test_nobody_joins_a_waiting_list_that_moves_no_more(client: Client) -> None:
    begun = timezone.now() - timedelta(minutes=20)
    session = cast.session(starts_at=begun, places=1)
    cast.register(session, now=begun - timedelta(days=1))
    page = reverse("admin:registrations_registration_add")
    data = {"session": session.pk, "email": "ada@city.example", "why": "At the door.", **NEW}
    refused = client.post(page, data)
    assert "over_places" in refused.context["form"].errors
    assert session.registrations.count() == 1
    client.post(page, data | {"over_places": "on"})
    walk_in = session.registrations.get(person__email="ada@city.example")
    assert (walk_in.is_confirmed, walk_in.over_places) == (True, True)


def test_a_session_that_is_over_offers_to_add_a_person_and_only_its_own_page_does(client: Client) -> None:
    over = cast.session(starts_at=timezone.now() - timedelta(days=3))
    assert "Add a person" in client.get(reverse("admin:catalog_session_change", args=[over.pk])).text
    page = reverse("admin:registrations_registration_add")
    assert over not in client.get(page).context["form"].fields["session"].queryset
    client.force_login(cast.coordinator(cast.host("cairo")))
    named = client.get(page, {"session": over.pk})
    assert over not in named.context["form"].fields["session"].queryset, "another host’s"


def test_registrations_are_not_deleted_and_not_edited(client: Client) -> None:
    registration = cast.register(cast.session())
    delete = reverse("admin:registrations_registration_delete", args=[registration.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    change = reverse("admin:registrations_registration_change", args=[registration.pk])
    assert client.post(change, {"state": "cancelled"}).status_code == 403
    assert Registration.objects.get(pk=registration.pk).is_confirmed


# Exports


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1+1", "\u200b=1", "=cmd|'/c calc'!A1"],
)
def test_what_a_spreadsheet_would_run_is_defused(text: str) -> None:
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Ada", "3-4", "2026-12-01 10:00 +09:00", "a=b", "’Alī", "住房"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert defused(text) == text


def exported(client: Client, kind: str, **question: Any) -> Any:
    page = f"{reverse('admin:registrations_registration_export')}"
    asked = "&".join(f"{name}={value}" for name, value in question.items())
    return client.post(f"{page}?{asked}", {"format": "0" if kind == "csv" else "1", "resource": "0"})


@pytest.fixture
def dangerous() -> Session:
    session = cast.session(
        cast.activity('=HYPERLINK("https://evil.example")', host=cast.host("seoul")),
        starts_at=datetime(2031, 1, 15, 1, 0, tzinfo=UTC),
        places=1,
    )
    cast.register(session, cast.person("=1+1", post="@SUM(A1:A9)"), note="-2+3\x07")
    cast.register(session, cast.person("陈 家豪, “Ñandú”"))
    return session


def test_csv_opens_right_and_runs_nothing(client: Client, dangerous: Session) -> None:
    answer = exported(client, "csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    content = answer.getvalue()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(rows) == 2
    by_name = {row["Name"]: row for row in rows}
    bad, good = by_name["'=1+1"], by_name["陈 家豪, “Ñandú”"]
    assert bad["Post"] == "'@SUM(A1:A9)"
    assert bad["Note to the host"] == "'-2+3\N{REPLACEMENT CHARACTER}"
    assert bad["Activity"].startswith("'=HYPERLINK")
    assert bad["Starts"] == "2031-01-15 10:00 +09:00"
    assert bad["Time zone"] == "Asia/Seoul"
    assert (good["State"], good["Position in the waiting list"]) == ("on the waiting list", "1")
    dangerous_cells = [cell for row in rows for cell in row.values() if cell[:1] in "=+-@\t\r" and cell]
    assert dangerous_cells == []


def test_xlsx_holds_texts_only(client: Client, dangerous: Session) -> None:
    answer = exported(client, "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert len(cells) == 2 * len(next(sheet.iter_rows(max_row=1)))
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n"}  # texts, and nothing
    assert "f" not in {cell.data_type for cell in cells}
    assert "'=1+1" in {cell.value for cell in cells}


def test_an_export_holds_what_the_list_shows_and_is_written_down(client: Client, dangerous: Session) -> None:
    cast.register(cast.session(), cast.person("Somewhere Else"))
    answer = exported(client, "csv", session__id__exact=dangerous.pk, state__exact="waiting")
    assert answer.getvalue().decode("utf-8-sig").count("\r\n") == 2  # the headings and one row
    entry = LogEntry.objects.get(action=LogEntry.Action.ACCESS)
    assert entry.actor.name == "Marta Soler"
    assert entry.additional_data["rows"] == 1
    assert entry.additional_data["format"] == "csv"
    page = client.get(reverse("admin:auditlog_logentry_changelist")).content.decode()
    assert "exported 1 row (csv)" in page


def test_an_export_of_a_coordinator_holds_own_hosts_only(dangerous: Session) -> None:
    cast.register(cast.session(cast.activity(host=cast.host("cairo"))), cast.person("Zzforeign Person"))
    client = Client()
    client.force_login(cast.coordinator(cast.host("seoul")))
    text = exported(client, "csv").getvalue().decode("utf-8-sig")
    assert "陈 家豪" in text
    assert "Zzforeign" not in text


def test_export_needs_its_permission() -> None:
    client = Client()
    client.force_login(cast.reader())
    assert exported(client, "csv").status_code == 403
    assert not LogEntry.objects.filter(action=LogEntry.Action.ACCESS).exists()


def test_an_xlsx_file_has_a_limit_that_the_page_tells(
    client: Client, dangerous: Session, monkeypatch: Any
) -> None:
    monkeypatch.setattr(export, "MOST_ROWS", 1)
    page = client.get(reverse("admin:registrations_registration_export")).content.decode()
    assert "You get the 2 rows that the search and the filters of the list leave." in page
    assert "CSV takes any number of rows; an XLSX file takes 1." in page
    answer = exported(client, "xlsx")
    assert answer.status_code == 302
    page = client.get(answer.url).content.decode()
    assert "more than 1 rows, too many for an XLSX file. Export them as CSV" in page
    assert not LogEntry.objects.filter(action=LogEntry.Action.ACCESS).exists(), "nothing left the station"
    assert exported(client, "xlsx", state__exact="waiting").status_code == 200


def test_csv_has_no_limit_and_leaves_line_by_line_in_the_language_of_the_page(
    client: Client, dangerous: Session, monkeypatch: Any
) -> None:
    monkeypatch.setattr(export, "MOST_ROWS", 1)
    client.cookies["django_language"] = "fr"
    with translation.override("fr"):
        page = reverse("admin:registrations_registration_export")
    answer = client.post(page, {"format": "0", "resource": "0"}, headers={"accept-language": "fr"})
    translation.deactivate()
    assert answer.streaming
    lines = list(answer)
    assert len(lines) == 3
    headings = next(csv.reader([lines[0].decode("utf-8-sig")], delimiter=";"))
    assert headings[6] == "Organisation", "French spreadsheets part cells by semicolons"


def test_an_export_asks_a_fixed_number_of_questions(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    def asked() -> int:
        with django_assert_max_num_queries(30) as queries:
            exported(client, "csv").getvalue()
        return len(queries)

    session = cast.session(starts_in=timedelta(days=3))
    cast.register(session)
    asked()
    with_one = asked()
    for _n in range(3):
        cast.register(session)
    assert asked() == with_one
