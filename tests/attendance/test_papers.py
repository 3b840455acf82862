"""Sign-in sheets and name badges: who takes them, who stands on them, and how they are set."""

import math

import pytest
from allauth.account.models import EmailAddress
from auditlog.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from attendance import printing
from attendance.models import Helper
from desk.history import deed
from registrations.models import Registration
from tests import cast
from tests.papers.reading import fonts_of, letters_of, opened, text_of

from .making import HOUR, meeting_of, program, registered
from .test_list import listed

pytestmark = pytest.mark.django_db

SCRIPTS = ["Zoë Ort", "أمينة بنت عبد الرحمن", "김민수", "Олександр Шевченко", "王小明", "አበበ ቢቂላ"]
MM = 72 / 25.4


def sheet_page(session):
    return reverse("attendance:sheet", args=[meeting_of(session).pk])


def badges_page(session):
    return reverse("attendance:badges", args=[session.pk])


def many(session, count):
    """In one statement: `count` people with a place."""
    people = cast.people(1)
    first = registered(session, *people)[0]
    rows = [
        User(
            email=f"p{n}-{session.pk}@many.example",
            name=f"{SCRIPTS[n % 6]} {n}",
            organization_other="City",
            country="KE",
        )
        for n in range(count - 1)
    ]
    made = User.objects.bulk_create(rows)
    Registration.objects.bulk_create(
        Registration(
            session=session,
            person=person,
            state=first.state,
            confirmed_at=first.confirmed_at,
            discloses=True,
        )
        for person in made
    )


def test_the_sheet_has_who_is_expected_by_name(client):
    session, _all = listed("Zoë Ort", "amina Diallo", places=2)
    cast.register(session, cast.person("Waits For It"), now=session.starts_at - HOUR)
    client.force_login(cast.secretary())
    answer = client.post(sheet_page(session))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "no-store" in answer.headers["Cache-Control"]
    text = text_of(opened(answer.content))
    assert text.index("amina Diallo") < text.index("Zoë Ort")
    assert "Waits" not in text
    assert "Page 1 of 1" in text
    assert session.activity.title in text


def test_who_took_it_stands_in_the_history_of_the_session(client):
    session, _all = listed("Ana", "Zoe")
    by = cast.secretary()
    client.force_login(by)
    client.post(badges_page(session))
    entry = session_history(session).first()
    assert entry.actor == by
    assert deed(entry) == "exported 2 rows (pdf)"


def session_history(session):
    return LogEntry.objects.get_for_object(session).filter(additional_data__done="exported")


def test_a_get_leads_to_the_list_and_tells_nobody_anything(client):
    session, _all = listed("Ana")
    client.force_login(cast.secretary())
    to = reverse("attendance:list", args=[meeting_of(session).pk])
    assert client.get(sheet_page(session)).url == to
    assert client.get(badges_page(session)).url == to
    assert not session_history(session).exists()
    html = client.get(to).text
    assert sheet_page(session) in html
    assert badges_page(session) in html


def test_a_helper_takes_both_and_who_is_registered_takes_neither(client):
    session, (ana,) = listed("Ana")
    client.force_login(ana.person)
    assert client.post(sheet_page(session)).status_code == 404
    assert client.post(badges_page(session)).status_code == 404
    EmailAddress.objects.get_or_create(user=ana.person, email=ana.person.email, defaults={"verified": True})
    Helper.objects.create(session=session, email=ana.person.email)
    assert client.post(sheet_page(session)).status_code == 200
    assert client.post(badges_page(session)).status_code == 200


def test_a_session_without_meetings_has_no_badges(client):
    session = cast.session(meetings=[])
    client.force_login(cast.secretary())
    assert client.post(badges_page(session)).status_code == 404


def test_four_scripts_and_more_are_set_in_fonts_carried_along():
    session, _all = listed(*SCRIPTS)
    for pdf, count in (
        printing.sheet(meeting_of(session), now=timezone.now()),
        printing.badges(session, now=timezone.now()),
    ):
        found = fonts_of(opened(pdf))
        assert count == 6
        assert all(found.values())
        assert {name.split("-")[0] for name in found} >= {"NotoSans", "NotoSansArabic", "NotoSansEthiopic"}


def test_a_sheet_in_arabic_begins_at_the_right():
    session, _all = listed("Zoë Ort")
    where = {}
    for language in ("en", "ar"):
        with translation.override(language):
            pdf = opened(printing.sheet(meeting_of(session), now=timezone.now())[0])
        page = pdf.pages[0]
        numbers = [x for x, _y, said in letters_of(page) if said == "1"]
        where[language] = min(numbers) if language == "en" else max(numbers)
        assert str(pdf.Root.Lang) == language
    width = 210 * MM
    assert where["en"] < width / 4
    assert where["ar"] > width * 3 / 4


def test_five_hundred_rows_are_a_few_pages_and_as_many_questions_as_one():
    small, large = program(), program()
    many(small, 2)
    many(large, 500)
    asked = []
    for session in (small, large):
        with CaptureQueriesContext(connection) as queries:
            sheet, _count = printing.sheet(meeting_of(session), now=timezone.now())
            badges, _count = printing.badges(session, now=timezone.now())
        asked.append(len(queries))
    assert asked[0] == asked[1]
    assert len(opened(sheet).pages) <= 26
    assert len(opened(badges).pages) == math.ceil(500 / 10)


def test_more_than_a_file_holds_are_refused_in_words(client, monkeypatch):
    session, _all = listed("Ana", "Zoe")
    monkeypatch.setattr(printing, "MOST", 1)
    client.force_login(cast.secretary())
    answer = client.post(sheet_page(session), follow=True)
    assert "too many people for one file" in answer.text
    assert not session_history(session).exists()


def test_who_does_not_disclose_is_known_by_their_address_and_gets_a_badge_to_write_on():
    session, (ana,) = listed("Ana Secret")
    Registration.objects.filter(pk=ana.pk).update(discloses=False)
    sheet = text_of(opened(printing.sheet(meeting_of(session), now=timezone.now())[0]))
    badges = text_of(opened(printing.badges(session, now=timezone.now())[0]))
    assert ana.person.email in sheet
    assert "Secret" not in sheet + badges
    assert ana.person.email not in badges


def test_a_name_that_no_font_has_is_written_by_hand():
    session, _all = listed("ހިލްމީ")
    text = text_of(opened(printing.sheet(meeting_of(session), now=timezone.now())[0]))
    assert "Please write your name here" in text
    assert "?" not in text


@pytest.mark.parametrize("name", ["Wolfeschlegelstein" * 8, "María de los Ángeles " * 7, "김" * 150])
def test_a_long_name_stays_on_its_badge(name):
    session, _all = listed(name)
    pdf = opened(printing.badges(session, now=timezone.now())[0])
    said = [(x, y) for x, y, text in letters_of(pdf.pages[0]) if text.strip()]
    assert min(x for x, _y in said) >= 15 * MM
    assert max(x for x, _y in said) < 105 * MM
    # The first row of five that stand in the middle of the sheet.
    assert min(y for _x, y in said) > (297 - 11 - 55) * MM


def test_paper_is_of_the_size_that_the_country_of_the_host_has():
    session, _all = listed("Ana")
    host = session.activity.host
    sizes = {}
    for country in ("KR", "MX"):
        host.country = country
        host.save()
        session.refresh_from_db()
        pdf = opened(printing.badges(session, now=timezone.now())[0])
        sizes[country] = [round(float(side) / MM) for side in pdf.pages[0].mediabox[2:]]
    assert sizes == {"KR": [210, 297], "MX": [216, 279]}
