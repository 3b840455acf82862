from datetime import date, timedelta

import pytest

from hubs import actions, notices, tasks
from outbox.models import Heartbeat, Letter
from tests import cast

from .agreements import END, START, contact, noon, session_on, signed

pytestmark = pytest.mark.django_db

ONE_DAY = timedelta(days=1)


@pytest.fixture
def agreement():
    """With one contact, and no secretariat but whoever signs."""
    agreement = signed(review_due_on=END)
    contact(agreement)
    Letter.objects.all().delete()
    return agreement


def written(**filters) -> list[tuple[str, str]]:
    """Kind and subject of the letters to the contact, in the order in which they were written."""
    letters = Letter.objects.filter(to="wei@hub.example", **filters).order_by("pk")
    return [(letter.kind, letter.subject) for letter in letters]


def ending(*days: int) -> list[tuple[str, str]]:
    return [
        ("agreement_ending", f"The agreement with Metropolis Learning Hub Chengdu ends in {left} days")
        for left in days
    ]


def test_180_90_and_30_days_before_the_end_once_each(agreement):
    for left in (181, 180, 179, 91, 90, 31, 30, 29, 1):
        notices.notify(now=noon(END - timedelta(days=left)))
    assert written(kind="agreement_ending") == ending(180, 90, 30)


def test_the_day_is_that_of_the_hosts_clock(agreement):
    """16:00 UTC is midnight in Chengdu."""
    day = END - timedelta(days=180)
    notices.notify(now=noon(day - ONE_DAY, hour=15))
    assert written() == []
    notices.notify(now=noon(day - ONE_DAY, hour=16))
    assert written() == ending(180)


def test_a_notice_due_while_the_beat_was_down_for_a_week_comes_with_the_days_left_in_truth(agreement):
    notices.notify(now=noon(END - timedelta(days=93)))
    notices.notify(now=noon(END - timedelta(days=86)))
    assert written(kind="agreement_ending") == ending(93, 86)


def test_after_months_without_a_beat_only_the_notice_of_now_is_written(agreement):
    notices.notify(now=noon(END - timedelta(days=20)))
    assert written(kind="agreement_ending") == ending(20)


def test_on_the_last_day_and_never_after_it(agreement):
    notices.notify(now=noon(END + ONE_DAY))
    assert written(kind="agreement_ending") == []
    notices.notify(now=noon(END))
    assert [subject for _kind, subject in written(kind="agreement_ending")] == [
        "The agreement with Metropolis Learning Hub Chengdu ends today"
    ]


def test_contacts_and_the_secretariat_are_told_each_address_once(agreement):
    secretary = cast.secretary()
    contact(agreement, person=secretary)
    contact(agreement, person=cast.person("Gone Girl", is_active=False))
    cast.coordinator(agreement.host)
    cast.reader()
    notices.notify(now=noon(END - timedelta(days=180)))
    assert sorted(Letter.objects.values_list("to", flat=True)) == sorted(["wei@hub.example", secretary.email])


def test_the_letter_speaks_the_language_of_its_reader_and_says_what_to_do(agreement):
    contact(agreement, "Claire Petit", language="fr")
    notices.notify(now=noon(END - timedelta(days=30)))
    letter = Letter.objects.get(to="wei@hub.example", kind="agreement_ending")
    assert "The last day of the agreement is 31 May 2028." in letter.text
    assert "/hubs/chengdu/" in letter.text
    assert Letter.objects.get(to="claire@hub.example", kind="agreement_ending").language == "fr"


def test_who_works_at_the_desk_is_led_there(agreement):
    secretary = cast.secretary()
    notices.notify(now=noon(END - timedelta(days=30)))
    assert (
        f"/admin/hubs/agreement/{agreement.pk}/overview/"
        in Letter.objects.filter(person=secretary).first().text
    )


# A change of dates


def test_an_extension_begins_the_count_anew(agreement):
    secretary, later = cast.secretary(), END + timedelta(days=365)
    notices.notify(now=noon(END - timedelta(days=180)))
    actions.extend(
        agreement=agreement,
        ends_on=later,
        reason="Floods.",
        by=secretary,
        now=noon(END - timedelta(days=170)),
    )
    for left in (90, 30):
        notices.notify(now=noon(END - timedelta(days=left)))
    assert written(kind="agreement_ending") == ending(180)
    notices.notify(now=noon(later - timedelta(days=180)))
    assert written(kind="agreement_ending") == ending(180, 180)


def test_what_is_due_by_the_new_date_is_told_with_the_change_itself(agreement):
    """No beat is waited for: 80 days before the new end the 90 days' notice is due."""
    now = noon(END - timedelta(days=20))
    actions.extend(
        agreement=agreement, ends_on=END + timedelta(days=60), reason="Floods.", by=cast.secretary(), now=now
    )
    assert written(kind="agreement_ending") == ending(80)
    notices.notify(now=now)
    assert written(kind="agreement_ending") == ending(80)


def test_an_early_end_that_lies_ahead_is_told_at_once(agreement):
    now = noon(date(2026, 3, 1))
    actions.end_early(
        agreement=agreement, on=date(2026, 3, 26), reason="By consent.", by=cast.secretary(), now=now
    )
    assert [kind for kind, _subject in written()] == ["agreement_ended_early", "agreement_ending"]
    assert written(kind="agreement_ending") == ending(25)
    letter = Letter.objects.get(to="wei@hub.example", kind="agreement_ending")
    for text in (letter.text, letter.html):
        assert "unless it is renewed" in " ".join(text.split())
        assert "extended until then" not in " ".join(text.split())


def test_an_early_end_that_is_today_is_told_once(agreement):
    now = noon(date(2026, 3, 1))
    actions.end_early(
        agreement=agreement, on=date(2026, 3, 1), reason="By consent.", by=cast.secretary(), now=now
    )
    notices.notify(now=now + timedelta(hours=1))
    assert [kind for kind, _subject in written()] == ["agreement_ended_early"]


def test_whoever_is_renewed_hears_nothing_of_the_end(agreement):
    actions.renew(
        agreement=agreement,
        by=cast.secretary(),
        signed_on=END - timedelta(days=200),
        now=noon(END - timedelta(days=200)),
    )
    notices.notify(now=noon(END - timedelta(days=90)))
    assert written(kind="agreement_ending") == []


# Milestones


@pytest.fixture
def milestone(agreement):
    return actions.add_milestone(
        agreement=agreement,
        kind="activity",
        title="Two webinars",
        promised=2,
        due_on=date(2026, 3, 31),
        by=None,
        now=noon(START),
    )


def test_a_milestone_is_told_30_days_before_and_the_day_after_it_was_due(milestone):
    due = milestone.due_on
    for day in (due - timedelta(days=31), due - timedelta(days=30), due, due + ONE_DAY, due + 2 * ONE_DAY):
        notices.notify(now=noon(day))
    assert written() == [
        ("milestone_due", "Due in 30 days: Two webinars"),
        ("milestone_overdue", "Overdue: Two webinars"),
    ]


def test_what_is_met_or_waived_is_not_asked_for(agreement, milestone):
    session_on(agreement.host, date(2025, 7, 1))
    session_on(agreement.host, date(2025, 8, 1))
    atlas = actions.add_milestone(
        agreement=agreement,
        kind="research_work",
        title="An atlas",
        due_on=date(2026, 3, 31),
        by=None,
        now=noon(START),
    )
    actions.waive(milestone=atlas, reason="A film instead.", by=cast.secretary(), now=noon(START))
    notices.notify(now=noon(milestone.due_on + ONE_DAY))
    assert written() == []


def test_a_moved_milestone_is_told_anew(agreement, milestone):
    notices.notify(now=noon(date(2026, 3, 1)))
    milestone.due_on = date(2026, 9, 30)
    milestone.save()
    notices.notify(now=noon(date(2026, 4, 1)))
    assert written() == [("milestone_due", "Due in 30 days: Two webinars")]
    notices.notify(now=noon(date(2026, 8, 31)))
    assert len(written(kind="milestone_due")) == 2


def test_the_overdue_notice_of_the_last_day_comes_although_the_agreement_is_over(agreement):
    actions.add_milestone(
        agreement=agreement, kind="activity", title="A closing day", due_on=END, by=None, now=noon(START)
    )
    notices.notify(now=noon(END + timedelta(days=8)))
    assert ("milestone_overdue", "Overdue: A closing day") in written()


# The review


def test_the_review_is_told_30_days_before_and_when_it_is_late():
    agreement = signed()
    contact(agreement)
    due = agreement.review_due_on
    for day in (due - timedelta(days=31), due - timedelta(days=30), due, due + ONE_DAY):
        notices.notify(now=noon(day))
    assert [kind for kind, _subject in written()] == ["review_due", "review_overdue"]


def test_a_review_held_is_not_asked_for():
    agreement = signed()
    contact(agreement)
    actions.record_review(
        agreement=agreement,
        held_on=date(2026, 10, 1),
        outcome="as_planned",
        findings="All well.",
        by=cast.superuser(),
        now=noon(date(2026, 10, 2)),
    )
    notices.notify(now=noon(agreement.review_due_on + ONE_DAY))
    assert written() == []


# All of them


def test_one_agreement_that_cannot_be_worded_holds_back_no_other(agreement, monkeypatch, caplog):
    other = signed(cast.host("cairo"), review_due_on=END)
    contact(other, "Omar Sharif")
    ending_letter = notices.letters.ending

    def broken(about, *args, **kwargs):
        if about.pk == agreement.pk:
            raise RuntimeError("no ink")
        return ending_letter(about, *args, **kwargs)

    monkeypatch.setattr("hubs.letters.ending", broken)
    notices.notify(now=noon(END - timedelta(days=180)))
    assert list(Letter.objects.filter(kind="agreement_ending").values_list("to", flat=True)) == [
        "omar@hub.example"
    ]
    assert f"agreement {agreement.pk} were not written" in caplog.text


def test_drafts_say_nothing(agreement):
    actions.renew(agreement=agreement, by=cast.secretary(), now=noon(START))
    before = Letter.objects.count()
    notices.notify(now=noon(END + timedelta(days=365)))
    assert Letter.objects.count() == before


def test_the_task_notes_that_it_is_alive():
    tasks.notify()
    assert Heartbeat.objects.filter(name="agreements").exists()


def test_what_is_to_come_is_known_beforehand(agreement, milestone):
    agreement = notices.with_facts(type(agreement).objects.filter(pk=agreement.pk), noon(START)).get()
    assert [(notice.kind, notice.on) for notice in notices.to_come(agreement, noon(date(2026, 3, 15)))] == [
        ("milestone_overdue", date(2026, 4, 1)),
        ("agreement_ending", END - timedelta(days=180)),
        ("agreement_ending", END - timedelta(days=90)),
        ("agreement_ending", END - timedelta(days=30)),
        ("review_due", END - timedelta(days=30)),
        ("review_overdue", END + ONE_DAY),
    ]


@pytest.mark.parametrize(
    ("who", "leads_to"),
    [
        (lambda: cast.coordinator(cast.host("chengdu")), "/fr/admin/hubs/agreement/{pk}/overview/"),
        (lambda: cast.coordinator(cast.host("cairo")), "/fr/hubs/chengdu/"),
        (lambda: cast.reader(), "/fr/admin/hubs/agreement/{pk}/overview/"),
        (lambda: cast.person(), "/fr/hubs/chengdu/"),
    ],
)
def test_a_letter_leads_only_where_its_reader_may_go(client, agreement, who, leads_to):
    person = who()
    person.language = "fr"
    person.save()
    contact(agreement, person=person)
    notices.notify(now=noon(END - timedelta(days=30)))
    letter = Letter.objects.get(person=person, kind="agreement_ending")
    address = leads_to.format(pk=agreement.pk)
    assert f"http://localhost:8000{address}" in letter.text
    client.force_login(person)
    assert client.get(address).status_code == 200
