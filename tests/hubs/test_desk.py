"""Agreements at the desk: each role on each page, and what the pages do."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from auditlog.models import LogEntry
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from hubs import actions
from hubs.models import Agreement, Evidence, Milestone
from hubs.report import year_report
from outbox.models import Letter
from tests import cast

from .agreements import END, START, contact, draft, noon, session_on, signed
from .files import PDF, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub():
    return cast.host("chengdu")


@pytest.fixture
def agreement(hub):
    """Running today."""
    return signed(hub, starts_on=timezone.now().date() - timedelta(days=100))


def overview(agreement: Agreement) -> str:
    return reverse("admin:hubs_agreement_overview", args=[agreement.pk])


def step(noun: str, agreement: Agreement) -> str:
    return f"{reverse(f'admin:hubs_agreement_{noun}')}?ids={agreement.pk}"


# Who may


ROLES = {
    "secretary": cast.secretary,
    "reader": cast.reader,
    "own coordinator": lambda: cast.coordinator(cast.host("chengdu")),
    "other coordinator": lambda: cast.coordinator(cast.host("cairo")),
    "official": cast.person,
}
# Address of the page: what secretary, reader, own coordinator, other coordinator and official are answered.
PAGES = {
    "list": (200, 200, 200, 200, 302),
    "overview": (200, 200, 200, 404, 302),
    "change": (200, 200, 200, 404, 302),
    "add": (200, 403, 403, 403, 302),
    "report": (200, 200, 200, 404, 302),
    "report_xlsx": (302, 302, 302, 404, 302),  # leads to the report, where the button is
    "extension": (200, 403, 403, 403, 302),
    "renewal": (200, 403, 403, 403, 302),
    "early-end": (200, 403, 403, 403, 302),
    "review": (200, 403, 403, 403, 302),
    "signature": (200, 403, 403, 403, 302),
    "milestone": (200, 200, 200, 404, 302),
    "milestone add": (200, 403, 200, 200, 302),
    "waiver": (200, 403, 403, 403, 302),
    "work": (200, 200, 200, 404, 302),
    "work add": (200, 403, 200, 200, 302),
}


def address_of(page: str, agreement: Agreement) -> str:
    year = timezone.now().year
    match page:
        case "list":
            return reverse("admin:hubs_agreement_changelist")
        case "overview" | "change":
            return reverse(f"admin:hubs_agreement_{page}", args=[agreement.pk])
        case "add":
            return reverse("admin:hubs_agreement_add")
        case "report" | "report_xlsx":
            return reverse(f"admin:hubs_agreement_{page}", args=[agreement.host.slug, year])
        case "milestone" | "waiver":
            milestone = actions.add_milestone(
                agreement=agreement, kind="activity", title="Two", due_on=END, by=None
            )
            if page == "waiver":
                return f"{reverse('admin:hubs_milestone_waiver')}?ids={milestone.pk}"
            return reverse("admin:hubs_milestone_change", args=[milestone.pk])
        case "milestone add":
            return reverse("admin:hubs_milestone_add")
        case "work add":
            return reverse("admin:hubs_researchwork_add")
        case "work":
            work = actions.add_research_work(
                host=agreement.host,
                by=None,
                title="A",
                authors="B",
                year=2026,
                language="en",
                link="https://w.example",
            )
            return reverse("admin:hubs_researchwork_change", args=[work.pk])
    return step(page, agreement)


def test_each_role_on_each_page(client, agreement):
    people = [make() for make in ROLES.values()]
    for page, expected in PAGES.items():
        address = address_of(page, agreement)
        answers = []
        for person in people:
            client.force_login(person)
            answers.append(client.get(address).status_code)
        client.logout()
        assert tuple(answers) == expected, page
        assert client.get(address).status_code == 302, page


@pytest.mark.parametrize("role", ["reader", "own coordinator", "other coordinator"])
@pytest.mark.parametrize("noun", ["signature", "extension", "renewal", "review", "early-end"])
def test_nobody_but_the_secretariat_decides(client, agreement, role, noun):
    client.force_login(ROLES[role]())
    facts = {
        "thing-0-ends_on": END,
        "thing-0-reason": "Why not.",
        "thing-0-on": START,
        "thing-0-starts_on": END,
    }
    assert client.post(step(noun, agreement), facts).status_code in (403, 404)
    agreement.refresh_from_db()
    assert (agreement.ended_early_on, agreement.extensions.count(), Agreement.objects.count()) == (None, 0, 1)


def test_a_coordinator_cannot_edit_the_agreement_nor_delete_a_milestone(client, agreement):
    address = address_of("milestone", agreement)
    client.force_login(ROLES["own coordinator"]())
    change = reverse("admin:hubs_agreement_change", args=[agreement.pk])
    assert client.post(change, {"theme_en": "Mine"}).status_code == 403
    assert client.post(address.replace("change", "delete"), {"post": "yes"}).status_code == 403
    agreement.refresh_from_db()
    assert (agreement.theme, agreement.milestones.count()) == ("Green communities", 1)


# Drafting and signing


def new_agreement(**facts) -> dict:
    empty = {}
    for name in ("parties", "contacts", "milestones", "extensions", "review"):
        empty |= {f"{name}-TOTAL_FORMS": 0, f"{name}-INITIAL_FORMS": 0}
    return (
        empty
        | {
            "host": cast.host("chengdu").pk,
            "kind": "learning_hub",
            "theme_en": "Green communities",
            "starts_on": "2024-02-29",
            "ends_on": "",
            "review_due_on": "",
            "supporters": "",
        }
        | facts
    )


def test_a_draft_fills_in_what_is_usual(client, hub):
    client.force_login(cast.secretary())
    answer = client.post(reverse("admin:hubs_agreement_add"), new_agreement())
    assert answer.status_code == 302
    agreement = Agreement.objects.get()
    assert (agreement.ends_on, agreement.is_signed) == (date(2027, 2, 28), False)
    assert agreement.review_due_on == date(2025, 8, 30)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"ends_on": "2024-02-28"}, "It cannot end before it begins."),
        ({"kind": "terms_of_reference"}, "A Learning Hub has a Learning Hub agreement"),
        ({"review_due_on": "2030-01-01"}, "The review is held while the agreement lasts."),
        ({"document": upload("agreement.pdf", b"<html>")}, "its content is something else"),
    ],
)
def test_what_is_wrong_with_a_draft_is_said(client, hub, facts, sentence):
    client.force_login(cast.secretary())
    answer = client.post(reverse("admin:hubs_agreement_add"), new_agreement(**facts))
    assert sentence in answer.text
    assert not Agreement.objects.exists()


def test_the_secretariat_signs_after_being_asked(client, hub):
    agreement = draft(hub)
    contact(agreement)
    client.force_login(cast.secretary())
    page = client.get(step("signature", agreement)).text
    assert "It holds from 1 June 2025 to 31 May 2028." in page
    assert "2 people will be written to: English 2." in page
    assert not Letter.objects.exists()
    client.post(step("signature", agreement), {"thing-0-signed_on": "2025-05-20"})
    agreement.refresh_from_db()
    assert agreement.signed_on == date(2025, 5, 20)
    assert Letter.objects.filter(kind="agreement_signed").count() == 2


def test_a_second_agreement_at_the_same_time_is_refused_with_a_sentence(client, agreement):
    other = draft(agreement.host, starts_on=agreement.ends_on)
    client.force_login(cast.secretary())
    answer = client.post(step("signature", other), {"thing-0-signed_on": "2025-05-20"}, follow=True)
    assert "A host has one at a time" in answer.text
    other.refresh_from_db()
    assert not other.is_signed


def test_what_is_signed_stands_in_the_form(client, agreement):
    client.force_login(cast.secretary())
    page = client.get(reverse("admin:hubs_agreement_change", args=[agreement.pk])).text
    for name in ("host", "starts_on", "ends_on"):
        assert f'name="{name}"' not in page
    assert 'name="theme_en"' in page
    delete = reverse("admin:hubs_agreement_delete", args=[agreement.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403


def test_extending_renewing_and_ending_from_the_desk(client, agreement):
    client.force_login(cast.secretary())
    later = agreement.ends_on + timedelta(days=30)
    client.post(step("extension", agreement), {"thing-0-ends_on": later, "thing-0-reason": "Floods."})
    agreement.refresh_from_db()
    assert agreement.ends_on == later
    question = client.get(step("renewal", agreement)).text
    assert "written to once it is signed" in question
    assert "will be written to" not in question, "a draft tells nobody"
    before = Letter.objects.count()
    client.post(
        step("renewal", agreement),
        {"thing-0-starts_on": later + timedelta(days=1), "thing-0-ends_on": "", "thing-0-signed_on": ""},
    )
    renewal = Agreement.objects.get(renews=agreement)
    assert (renewal.starts_on, renewal.is_signed) == (later + timedelta(days=1), False)
    assert Letter.objects.count() == before
    last = timezone.now().date() + timedelta(days=1)
    client.post(step("early-end", agreement), {"thing-0-on": last, "thing-0-reason": "By consent."})
    agreement.refresh_from_db()
    assert (agreement.ended_early_on, agreement.ended_early_reason) == (last, "By consent.")


def test_a_step_without_its_reason_asks_again(client, agreement):
    client.force_login(cast.secretary())
    answer = client.post(
        step("extension", agreement), {"thing-0-ends_on": "2040-01-01", "thing-0-reason": ""}
    )
    assert answer.status_code == 422
    agreement.refresh_from_db()
    assert agreement.extensions.count() == 0


# Milestones and evidence


def milestone_form(agreement: Agreement, **facts) -> dict:
    return {
        "agreement": agreement.pk,
        "title_en": "Two webinars",
        "kind": "activity",
        "measure": "",
        "due_on": agreement.today(timezone.now()) + timedelta(days=10),
        "promised": 2,
        "is_public": "on",
        "evidence-TOTAL_FORMS": 1,
        "evidence-INITIAL_FORMS": 0,
        "evidence-0-title_en": "Report",
        "evidence-0-link": "",
        "evidence-0-file": upload("Report of all.pdf"),
    } | facts


def test_a_coordinator_adds_a_milestone_with_evidence_and_what_is_due_is_told(client, agreement):
    contact(agreement)
    coordinator = ROLES["own coordinator"]()
    client.force_login(coordinator)
    assert client.post(reverse("admin:hubs_milestone_add"), milestone_form(agreement)).status_code == 302
    [evidence] = Evidence.objects.all()
    assert (evidence.file_name, evidence.added_by, evidence.milestone.measure) == (
        "Report of all.pdf",
        coordinator,
        "activities",
    )
    with evidence.file.open() as file:
        assert file.read() == PDF
    # It is due in ten days, so the contact hears of it now.
    assert [
        letter.subject for letter in Letter.objects.filter(to="wei@hub.example", kind="milestone_due")
    ] == ["Due in 10 days: Two webinars"]


def test_a_coordinator_promises_nothing_for_others(client, agreement):
    client.force_login(ROLES["other coordinator"]())
    answer = client.post(reverse("admin:hubs_milestone_add"), milestone_form(agreement))
    assert "Select a valid choice" in answer.text
    assert not Milestone.objects.exists()


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"evidence-0-file": upload("page.pdf", b"<html>")}, "its content is something else"),
        ({"evidence-0-file": ""}, "Give a link, or choose a file."),
        ({"promised": 0}, "Promise at least one."),
        ({"measure": "reviews"}, "Under this kind these can be counted: activities held, sessions held"),
    ],
)
def test_what_is_wrong_with_a_milestone_is_said(client, agreement, facts, sentence):
    client.force_login(cast.secretary())
    answer = client.post(reverse("admin:hubs_milestone_add"), milestone_form(agreement, **facts))
    assert answer.status_code in (200, 422)
    assert sentence in answer.text
    assert not Milestone.objects.exists()


# Looking


def test_the_overview_of_one_agreement(client, agreement):
    contact(agreement)
    secretary = cast.secretary()
    actions.add_milestone(
        agreement=agreement,
        kind="activity",
        title="Two webinars",
        promised=2,
        due_on=timezone.now().date() - timedelta(days=1),
        by=None,
    )
    session_on(agreement.host, timezone.now().date() - timedelta(days=10), people=3)
    client.force_login(secretary)
    page = client.get(overview(agreement))
    [line] = page.context["milestones"]
    assert (line["so_far"], line["state"]) == (1, ("overdue", "bad"))
    assert page.context["delivered"].participants == 3
    assert [letter.kind for letter in page.context["sent"]] == ["milestone_overdue"] * 2
    assert [notice.kind for notice in page.context["to_come"]][-3:] == ["agreement_ending"] * 3
    assert page.context["entries"]


def test_a_list_costs_the_same_for_one_agreement_and_for_three(client, django_assert_max_num_queries):
    client.force_login(cast.secretary())
    for slug in ("chengdu", "cairo", "seoul"):
        agreement = signed(cast.host(slug), starts_on=timezone.now().date() - timedelta(days=100))
        actions.add_milestone(agreement=agreement, kind="activity", title="Two", due_on=END, by=None)
        with django_assert_max_num_queries(18):
            page = client.get(reverse("admin:hubs_agreement_changelist"))
    assert len(page.context["timeline"]["rows"]) == 3


@pytest.mark.parametrize(
    ("state", "count"), [("running", 1), ("draft", 1), ("ended", 0), ("nonsense", 0), ("ending_soon", 0)]
)
def test_the_list_can_be_asked_by_state(client, agreement, state, count):
    draft(cast.host("cairo"))
    client.force_login(cast.secretary())
    page = client.get(reverse("admin:hubs_agreement_changelist"), {"state": state})
    assert page.context["cl"].result_count == count


def test_coordinators_see_their_own_host_only(client, agreement):
    own = signed(cast.host("cairo"))
    client.force_login(cast.coordinator(cast.host("cairo")))
    page = client.get(reverse("admin:hubs_agreement_changelist"))
    assert list(page.context["cl"].result_list) == [own]
    assert [row["host"].slug for row in page.context["timeline"]["rows"]] == ["cairo"]
    assert [host.slug for host, _year in page.context["reports"]] == ["cairo"]


# Flags


def test_an_activity_without_an_agreement_on_its_day_is_flagged_and_not_blocked(client, agreement):
    activity = cast.activity("Much later", host=agreement.host)
    session = cast.session(activity, starts_at=noon(agreement.ends_on + timedelta(days=1)))
    client.force_login(cast.secretary())
    change = reverse("admin:catalog_activity_change", args=[activity.pk])
    day = (agreement.ends_on + timedelta(days=1)).isoformat()
    assert (
        f"Metropolis Learning Hub Chengdu has no signed agreement in force on {day}."
        in client.get(change).text
    )
    [flagged] = client.get(reverse("admin:hubs_agreement_changelist")).context["without_agreement"]
    assert flagged["activity"] == activity
    assert activity.is_public
    assert cast.register(session).is_confirmed
    actions.extend(
        agreement=agreement,
        ends_on=agreement.ends_on + timedelta(days=9),
        reason="Floods.",
        by=cast.superuser(),
    )
    assert "Every session to come has one." in client.get(change).text


def test_the_first_page_of_the_desk_tells_of_it(client, agreement):
    cast.session(
        cast.activity("Much later", host=agreement.host),
        starts_at=noon(agreement.ends_on + timedelta(days=1)),
    )
    client.force_login(cast.reader())
    [card] = [
        card for card in client.get(reverse("admin:index")).context["board"] if card.title == "Agreements"
    ]
    assert [(line.title, line.badge) for line in card.lines] == [("Much later", "no agreement")]
    client.force_login(ROLES["other coordinator"]())
    [card] = [
        card for card in client.get(reverse("admin:index")).context["board"] if card.title == "Agreements"
    ]
    assert card.lines == []


# The yearly report


@pytest.fixture
def year(agreement):
    """A year with two sessions, and one session in the year after."""
    host = agreement.host
    first = session_on(host, date(2025, 12, 31), people=2, hours=2)
    cast.register(first, cast.person("=1+1", member=False), now=noon(date(2025, 12, 1)))
    session_on(host, date(2025, 3, 1), people=1, hours=1.5, title_en="=cmd|' /C calc'!A0")
    session_on(host, date(2026, 1, 1), people=5)
    return 2025


def test_a_year_is_reported_as_it_was(client, agreement, year):
    client.force_login(cast.reader())
    page = client.get(reverse("admin:hubs_agreement_report", args=["chengdu", year]))
    report = page.context["report"]
    assert (report.totals.sessions, report.totals.participants, report.totals.hours) == (2, 4, 3)
    assert [(line.day, line.participants, line.hours) for line in report.sessions] == [
        (date(2025, 3, 1), 1, 1.5),
        (date(2025, 12, 31), 3, 2.0),
    ]
    assert dict(report.regions) == {"Africa": 3, "no member organization": 1}
    assert report.organizations == 1


def test_the_report_is_a_spreadsheet_whose_texts_cannot_calculate(client, agreement, year):
    client.force_login(cast.secretary())
    page, file = (
        reverse(f"admin:hubs_agreement_{name}", args=["chengdu", year]) for name in ("report", "report_xlsx")
    )
    exports = LogEntry.objects.filter(additional_data__done="exported")
    assert client.get(file).url == page
    assert not exports.exists()
    assert f'<form method="post" action="{file}">' in client.get(page).text
    answer = client.post(file)
    assert exports.count() == 1
    assert answer["Content-Disposition"] == 'attachment; filename="chengdu-2025.xlsx"'
    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames == ["Summary", "Agreements", "Sessions", "Milestones", "Research works"]
    rows = list(book["Sessions"].iter_rows(values_only=True))
    assert rows[0] == ("Day", "Activity", "Session", "Participants", "Organizations", "Hours")
    assert rows[1][0].date() == date(2025, 3, 1)
    assert rows[1][1] == "'=cmd|' /C calc'!A0"
    assert (rows[1][3], rows[1][5]) == (1, 1.5)
    assert (
        dict(book["Summary"].iter_rows(min_row=1, max_row=6, max_col=2, values_only=True))["Participants"]
        == 4
    )


def test_an_empty_year_is_a_report_too(client, agreement):
    client.force_login(cast.secretary())
    assert client.get(reverse("admin:hubs_agreement_report", args=["chengdu", 2019])).status_code == 200
    assert client.get(reverse("admin:hubs_agreement_report", args=["chengdu", 1200])).status_code == 404


def test_a_report_costs_the_same_for_many_sessions(client, agreement, django_assert_num_queries):
    for number in range(1, 4):
        session_on(agreement.host, date(2025, number, 1), people=2)
        with django_assert_num_queries(9):
            year_report(agreement.host, 2025, now=timezone.now())


# Refused, and nothing typed is lost


@pytest.mark.parametrize(
    ("noun", "facts", "sentence"),
    [
        ("extension", {"ends_on": "2026-01-01", "reason": "Floods in spring."}, "has to be later than"),
        ("early-end", {"on": "2001-01-01", "reason": "By consent of both."}, "has to be later than"),
        ("early-end", {"on": "2090-01-01", "reason": "By consent of both."}, "has to be earlier than"),
        ("renewal", {"starts_on": "2026-02-01"}, "A host has one at a time"),
        (
            "review",
            {"held_on": "2001-01-01", "outcome": "at_risk", "findings": "It took an hour to write."},
            "A review is held while the agreement runs",
        ),
    ],
)
def test_what_is_refused_is_said_beside_what_was_typed(client, agreement, noun, facts, sentence):
    client.force_login(cast.secretary())
    answer = client.post(step(noun, agreement), {f"thing-0-{name}": text for name, text in facts.items()})
    assert answer.status_code == 422
    assert sentence in answer.text
    for text in facts.values():
        assert text in answer.text
    agreement.refresh_from_db()
    assert (agreement.extensions.count(), agreement.ended_early_on, agreement.has_renewal) == (0, None, False)


def test_a_signature_is_not_of_tomorrow(client, hub):
    agreement = draft(hub)
    tomorrow = agreement.today(timezone.now()) + timedelta(days=1)
    client.force_login(cast.secretary())
    answer = client.post(step("signature", agreement), {"thing-0-signed_on": tomorrow})
    assert answer.status_code == 422
    assert "Its day cannot be later than today." in answer.text
    agreement.refresh_from_db()
    assert not agreement.is_signed
    today = tomorrow - timedelta(days=1)
    assert client.post(step("signature", agreement), {"thing-0-signed_on": today}).status_code == 302
    agreement.refresh_from_db()
    assert agreement.signed_on == today


def test_a_renewal_signed_tomorrow_is_no_renewal(client, agreement):
    client.force_login(cast.secretary())
    facts = {
        "thing-0-starts_on": agreement.ends_on + timedelta(days=1),
        "thing-0-signed_on": agreement.today(timezone.now()) + timedelta(days=1),
    }
    assert client.post(step("renewal", agreement), facts).status_code == 422
    assert Agreement.objects.count() == 1


@pytest.mark.parametrize(
    ("noun", "facts"),
    [
        ("review", {"outcome": "as_planned", "findings": "It took an hour to write."}),
        ("early-end", {"reason": "By consent of both."}),
        ("renewal", {}),
    ],
)
def test_who_comes_second_with_the_same_step_is_told_and_keeps_the_text(client, agreement, noun, facts):
    """Two staff at one form, or one who goes back and sends it again."""
    client.force_login(cast.secretary())
    day = {"review": "held_on", "early-end": "on", "renewal": "starts_on"}[noun]
    today = agreement.today(timezone.now())
    facts = facts | {day: agreement.ends_on + timedelta(days=1) if noun == "renewal" else today}
    typed = {f"thing-0-{name}": text for name, text in facts.items()}
    assert client.post(step(noun, agreement), typed).status_code == 302
    answer = client.post(step(noun, agreement), typed)
    assert answer.status_code == 422
    assert "This stays as it is." in answer.text
    for text in facts.values():
        assert str(text) in answer.text
    assert 'type="submit"' not in answer.text.partition('<div class="submit-row">')[2]


def test_a_milestone_is_waived_once(client, agreement):
    milestone = actions.add_milestone(agreement=agreement, kind="activity", title="Two", due_on=END, by=None)
    client.force_login(cast.secretary())
    waiver = f"{reverse('admin:hubs_milestone_waiver')}?ids={milestone.pk}"
    assert client.post(waiver, {"reason": "No time."}).status_code == 302
    answer = client.post(waiver, {"reason": "Another reason."})
    assert answer.status_code == 422
    assert "This milestone is no longer open." in answer.text
    assert "Another reason." in answer.text
    milestone.refresh_from_db()
    assert milestone.waived_reason == "No time."


# In words


@pytest.mark.parametrize("role", ["reader", "own coordinator"])
def test_who_may_only_look_reads_languages_by_their_names(client, agreement, role):
    agreement.parties.create(name="Planning Institute", role="gives experts")
    milestone = actions.add_milestone(agreement=agreement, kind="activity", title="Two", due_on=END, by=None)
    client.force_login(ROLES[role]())
    page = client.get(reverse("admin:hubs_agreement_change", args=[agreement.pk])).text
    for label in ("Priority theme in English", "Title in French", "Role in Spanish"):
        assert label in page
    assert "[en]" not in page
    history = client.get(overview(agreement)).text
    assert "Title in English" in history
    assert "[en]" not in history
    if role == "reader":
        assert "[en]" not in client.get(reverse("admin:hubs_milestone_change", args=[milestone.pk])).text


def test_the_list_says_what_the_timeline_shows(client, agreement):
    """Within the width of a small screen: the theme and the days left stand below what they belong to."""
    today = agreement.today(timezone.now())
    for title, due_on in (("Early", today - timedelta(days=1)), ("Late", today + timedelta(days=9))):
        actions.add_milestone(agreement=agreement, kind="activity", title=title, due_on=due_on, by=None)
    client.force_login(cast.secretary())
    page = client.get(reverse("admin:hubs_agreement_changelist"))
    row = page.text.partition('<table id="result_list">')[2]
    left = (agreement.ends_on - today).days
    assert "<small>Green communities</small>" in row
    assert f"{agreement.ends_on.isoformat()} <small>{left} days left</small>" in row
    assert '0 of 2 <span class="desk-badge desk-badge-bad">1 overdue</span>' in row
    [bar] = page.context["timeline"]["rows"][0]["bars"]
    assert [dot.tone for dot in bar.dots] == ["overdue", "open"]


def test_a_new_agreement_asks_only_for_what_can_be_said_without_scripts_too(client, hub):
    client.force_login(cast.secretary())
    page = client.get(reverse("admin:hubs_agreement_add")).text
    for name in ("parties-0-name", "contacts-0-email"):
        assert f'name="{name}"' in page
    for name in ("starts_on", "ends_on", "review_due_on"):
        assert f'<input type="date" name="{name}"' in page
    assert '<textarea name="summary_en"' in page
    for nothing in ("Signed on", "Extensions", "Mid-term reviews", "Renews"):
        assert nothing not in page


def test_a_draft_is_saved_with_people_and_duties_in_one_form(client, hub):
    client.force_login(cast.secretary())
    facts = new_agreement(
        **{
            "parties-TOTAL_FORMS": 2,
            "parties-0-name": "Planning Institute",
            "parties-0-role_en": "gives experts",
            "parties-0-position": 1,
            "parties-1-position": 0,
            "parties-1-is_public": "on",
            "contacts-TOTAL_FORMS": 2,
            "contacts-0-name": "Wei Zhang",
            "contacts-0-email": "wei@hub.example",
            "contacts-0-language": "fr",
            "contacts-0-position": 1,
            "contacts-1-language": "en",
            "contacts-1-position": 0,
            "milestones-TOTAL_FORMS": 1,
            "milestones-0-title_en": "Two webinars",
            "milestones-0-kind": "activity",
            "milestones-0-due_on": "2027-02-28",
            "milestones-0-promised": 2,
        }
    )
    late = client.post(reverse("admin:hubs_agreement_add"), facts | {"milestones-0-due_on": "2027-03-01"})
    assert "The agreement lasts from 29 February 2024 to 28 February 2027" in late.text
    assert not Agreement.objects.exists()
    assert client.post(reverse("admin:hubs_agreement_add"), facts).status_code == 302
    agreement = Agreement.objects.get()
    assert [party.name for party in agreement.parties.all()] == ["Planning Institute"]
    assert [contact.email for contact in agreement.contacts.all()] == ["wei@hub.example"]
    assert [milestone.title for milestone in agreement.milestones.all()] == ["Two webinars"]


def test_a_milestone_is_due_within_the_term(client, agreement):
    client.force_login(ROLES["own coordinator"]())
    for wrong in (agreement.starts_on - timedelta(days=1), agreement.ends_on + timedelta(days=1)):
        answer = client.post(reverse("admin:hubs_milestone_add"), milestone_form(agreement, due_on=wrong))
        assert "a milestone is due in that time." in answer.text
        assert "Two webinars" in answer.text
    assert not Milestone.objects.exists()
    facts = milestone_form(agreement, due_on=agreement.ends_on)
    assert client.post(reverse("admin:hubs_milestone_add"), facts).status_code == 302


def test_a_milestone_of_an_agreement_cut_short_can_still_be_worded(client, agreement):
    today = agreement.today(timezone.now())
    milestone = actions.add_milestone(
        agreement=agreement, kind="activity", title="Two", due_on=today + timedelta(days=99), by=None
    )
    actions.end_early(
        agreement=agreement, on=today + timedelta(days=1), reason="By consent.", by=cast.secretary()
    )
    client.force_login(cast.secretary())
    facts = milestone_form(agreement, due_on=milestone.due_on, title_en="Worded anew") | {
        "evidence-TOTAL_FORMS": 0
    }
    change = reverse("admin:hubs_milestone_change", args=[milestone.pk])
    assert client.post(change, facts).status_code == 302
    milestone.refresh_from_db()
    assert milestone.title_en == "Worded anew"
    later = client.post(change, facts | {"due_on": milestone.due_on + timedelta(days=1)})
    assert "a milestone is due in that time." in later.text


def test_the_report_says_what_is_overdue(hub):
    agreement = signed(hub)
    for title, due_on in (("Early", date(2026, 2, 1)), ("Late", date(2026, 12, 1))):
        actions.add_milestone(agreement=agreement, kind="activity", title=title, due_on=due_on, by=None)
    report = year_report(hub, 2026, now=noon(date(2026, 6, 1)))
    assert [line.state for line in report.milestones] == ["overdue", "open"]
