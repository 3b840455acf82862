"""What staff see of translations: what is missing, what is older than its original, and how they say it is still right."""

from typing import Any

import pytest
from auditlog.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from accounts.models import User
from catalog.models import Activity, Topic
from desk.confirm_translation import NothingOlder, confirm_translations
from desk.translations import stale_translations
from hubs.models import Host
from tests import cast

pytestmark = pytest.mark.django_db


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def client() -> Client:
    return signed_in(cast.secretary())


def late(host: Host | None = None, title: str = "Water") -> Activity:
    """An activity whose French and Spanish titles did not follow the English, and which has no Spanish summary."""
    activity = cast.activity(
        title, host=host or cast.host(), title_fr="L’eau", title_es="El agua", summary_fr="Un résumé."
    )
    activity.title_en = f"{title} for all"
    activity.save()
    return Activity.objects.get(pk=activity.pk)


def page_of(row: Model, name: str, *ids: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{name}", args=ids)


def step_page(*rows: Model) -> str:
    return f"{page_of(rows[0], 'still-right')}?ids={','.join(str(row.pk) for row in rows)}"


def listed(client: Client, row: Model, value: str) -> set[str]:
    answer = client.get(page_of(row, "changelist"), {"translations": value})
    assert answer.status_code == 200
    return {str(row) for row in answer.context["cl"].result_list}


# Looking


def test_the_form_says_beside_each_field_what_it_lacks(client: Client) -> None:
    activity = late()
    page = client.get(page_of(activity, "change", activity.pk))
    fields = page.context["adminform"].form.fields
    assert "older than the English (English changed" in fields["title_fr"].help_text
    assert "older than the English (English changed" in fields["title_es"].help_text
    assert "missing" in fields["summary_es"].help_text
    assert "One or two sentences." in fields["summary_es"].help_text
    for fine in ("title_en", "summary_en", "summary_fr", "description_fr"):
        assert "desk-badge" not in fields[fine].help_text
    assert 'aria-describedby="id_title_fr_helptext"' in page.content.decode()


def test_the_next_form_does_not_remember_the_badges_of_the_last(client: Client) -> None:
    activity, fresh = late(), cast.activity("Air", title_fr="L’air", title_es="El aire")
    client.get(page_of(activity, "change", activity.pk))
    fields = client.get(page_of(fresh, "change", fresh.pk)).context["adminform"].form.fields
    assert "desk-badge" not in fields["title_fr"].help_text
    fields = client.get(page_of(fresh, "add")).context["adminform"].form.fields
    assert "desk-badge" not in fields["title_fr"].help_text


def test_who_may_only_look_sees_the_same_badges() -> None:
    activity = late()
    page = signed_in(cast.reader()).get(page_of(activity, "change", activity.pk)).content.decode()
    assert page.count("older than the English (English changed") == 2
    assert "The translation is still right" not in page


@pytest.mark.parametrize("make", [lambda: cast.host("cairo"), lambda: cast.topic("Rivers")])
def test_hosts_and_topics_say_it_too(client: Client, make: Any) -> None:
    row = make()
    type(row)._base_manager.filter(pk=row.pk).update(name_fr="Les rivières")
    row = type(row)._base_manager.get(pk=row.pk)
    row.name_en = "The rivers"
    row.save()
    page = client.get(page_of(row, "change", row.pk)).content.decode()
    assert "older than the English (English changed" in page
    assert "The translation is still right" in page
    assert (
        "French: something is older than its original"
        in client.get(page_of(row, "changelist")).content.decode()
    )
    assert listed(client, row, "older-fr") == {"The rivers"}
    assert listed(client, row, "older-es") == set()
    assert "The rivers" in listed(client, row, "missing-es")


def test_the_list_marks_each_language_and_filters_by_it(client: Client) -> None:
    fine = cast.activity(
        "Air", title_fr="L’air", title_es="El aire", summary_fr="Un résumé.", summary_es="Un resumen."
    )
    activity = late()
    french = cast.activity("Only", title_fr="En français", summary="", title_en="")
    page = client.get(page_of(fine, "changelist")).content.decode()
    for badge in (
        "French: something is older than its original",
        "Spanish: something is missing",
        "Spanish: something is older than its original",
        "English: something is missing",
        "English: complete",
    ):
        assert badge in page
    late_one, without_english = str(activity), str(french)
    for value, expected in {
        "complete": {"Air"},
        "missing": {late_one, without_english},
        "missing-en": {without_english},
        "missing-fr": set(),
        "missing-es": {late_one, without_english},
        "older": {late_one},
        "older-fr": {late_one},
        "older-es": {late_one},
    }.items():
        assert listed(client, activity, value) == expected, value


def test_a_filter_nobody_offers_finds_nothing(client: Client) -> None:
    assert listed(client, late(), "older-xx") == set()


@pytest.mark.parametrize("kind", [Activity, Host, Topic])
def test_lists_ask_the_same_number_of_questions_however_many_are_late(
    client: Client, kind: type[Model], django_assert_max_num_queries: Any
) -> None:
    def asked() -> int:
        with django_assert_max_num_queries(30) as queries:
            for value in ("older", "missing"):
                client.get(
                    reverse(f"admin:catalog_{kind._meta.model_name}_changelist")
                    if kind is not Host
                    else reverse("admin:hubs_host_changelist"),
                    {"translations": value},
                )
        return len(queries)

    def behind(row: Any) -> None:
        type(row)._base_manager.filter(pk=row.pk).update(**{f"{row.TRANSLATED_TEXTS[0]}_fr": "Avant"})
        row = type(row)._base_manager.get(pk=row.pk)
        setattr(row, f"{row.TRANSLATED_TEXTS[0]}_en", f"Now {row.pk}")
        row.save()

    make = {
        Activity: lambda number: cast.activity(f"Number {number}"),
        Host: lambda number: cast.host(list(cast.HOSTS)[number]),
        Topic: lambda number: cast.topic(f"Number {number}"),
    }[kind]
    behind(make(0))
    asked()
    number_of_queries = asked()
    for number in range(1, 4):
        behind(make(number))
    assert asked() == number_of_queries


# The first page


def lines_of(client: Client) -> dict[str, tuple[str, str, str]]:
    page = client.get(reverse("admin:index")).context
    card = next(card for card in [*page["board"], *page["well"]] if card.title == "Translations")
    return {line.title: (line.badge, line.note, line.address) for line in card.lines}


def test_the_first_page_counts_within_my_hosts_and_leads_to_the_list() -> None:
    seoul, cairo = cast.host("seoul"), cast.host("cairo")
    late(seoul)
    late(cairo, "Heat")
    late(cairo, "Dust")
    all_lines = lines_of(signed_in(cast.secretary()))
    assert all_lines["Activities: something is older than its original"][:2] == ("3", "French 3, Spanish 3")
    client = signed_in(cast.coordinator(cairo))
    own_lines = lines_of(client)
    badge, note, address = own_lines["Activities: something is older than its original"]
    assert (badge, note) == ("2", "French 2, Spanish 2")
    assert own_lines["Activities: something is missing"][:2] == ("2", "Spanish 2")
    assert own_lines["Hosts: something is missing"][0] == "1"
    assert all_lines["Hosts: something is missing"][0] == "2"
    activities = client.get(address).context["cl"].result_list
    assert {str(activity) for activity in activities} == {"Heat for all", "Dust for all"}


def test_the_first_page_is_silent_when_all_is_there() -> None:
    assert (
        lines_of(
            signed_in(
                cast.coordinator(
                    cast.host("seoul", name_fr="Séoul", name_es="Seúl", city_fr="Séoul", city_es="Seúl")
                )
            )
        )
        == {}
    )


# Still right


def test_still_right_asks_shows_both_and_keeps_who_said_it(client: Client) -> None:
    activity = late()
    question = client.get(step_page(activity)).content.decode()
    assert '<span class="desk-words" lang="en">Water for all</span>' in question
    assert '<span class="desk-words" lang="fr">L’eau</span>' in question
    form = client.get(step_page(activity)).context["outlooks"][0].form
    french, spanish = form.fields["chosen"].choices
    assert len(stale_translations(Activity.objects.get(pk=activity.pk))) == 2  # looking changed nothing
    answer = client.post(step_page(activity), {"thing-0-chosen": [french[0]]}, follow=True)
    assert "1 text is up to date." in answer.content.decode()
    left = stale_translations(Activity.objects.get(pk=activity.pk))
    assert [stale.translation.column for stale in left] == ["title_es"]
    entry = LogEntry.objects.get_for_object(activity).filter(action=LogEntry.Action.ACCESS).get()
    assert (entry.actor.name, entry.additional_data["columns"]) == ("Marta Soler", ["title_fr"])
    history = client.get(page_of(activity, "history", activity.pk)).content.decode()
    assert "translation still right" in history
    assert "Title in French" in history
    assert spanish[0] != french[0]


def test_what_was_said_of_the_last_change_does_not_hold_for_the_next(client: Client) -> None:
    activity = late()
    choices = [
        value
        for value, _label in client.get(step_page(activity))
        .context["outlooks"][0]
        .form.fields["chosen"]
        .choices
    ]
    activity.title_en = "Water for nobody"
    activity.save()
    answer = client.post(step_page(activity), {"thing-0-chosen": choices})
    assert answer.status_code == 422
    assert "The original changed again meanwhile" in answer.content.decode()
    assert len(stale_translations(Activity.objects.get(pk=activity.pk))) == 2


def test_a_change_after_still_right_makes_it_older_again(client: Client) -> None:
    activity = late()
    confirm_translations(row=activity, chosen=stale_translations(activity), by=cast.secretary("Nuria Vidal"))
    assert stale_translations(Activity.objects.get(pk=activity.pk)) == []
    activity.title_en = "Water for nobody"
    activity.save()
    assert len(stale_translations(Activity.objects.get(pk=activity.pk))) == 2


def test_several_at_once_from_the_lists_menu(client: Client) -> None:
    rows = [late(title="Water"), late(title="Heat")]
    answer = client.post(
        page_of(rows[0], "changelist"),
        {"action": "still-right", "_selected_action": [row.pk for row in rows]},
    )
    assert answer.status_code == 302
    outlooks = client.get(answer.url).context["outlooks"]
    chosen = {
        f"thing-{number}-chosen": [value for value, _label in outlook.form.fields["chosen"].choices]
        for number, outlook in enumerate(outlooks)
    }
    assert client.post(answer.url, chosen).status_code == 302
    assert [stale_translations(Activity.objects.get(pk=row.pk)) for row in rows] == [[], []]


def test_still_right_refuses_where_nothing_is_older(client: Client) -> None:
    activity = cast.activity("Air", title_fr="L’air")
    assert "No translation is older than its original." in client.get(step_page(activity)).content.decode()
    assert (
        "The translation is still right"
        not in client.get(page_of(activity, "change", activity.pk)).content.decode()
    )
    behind = late()
    seen = stale_translations(behind)
    secretary = cast.secretary("Nuria Vidal")
    confirm_translations(row=behind, chosen=seen, by=secretary)
    with pytest.raises(NothingOlder):
        confirm_translations(row=behind, chosen=seen, by=secretary)


def test_choosing_nothing_is_no_answer(client: Client) -> None:
    activity = late()
    assert client.post(step_page(activity), {}).status_code == 422
    assert len(stale_translations(Activity.objects.get(pk=activity.pk))) == 2


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (lambda: cast.secretary("Nuria Vidal"), 200),
        (lambda: cast.coordinator(cast.host("seoul")), 200),
        (lambda: cast.coordinator(cast.host("cairo")), 404),
        (cast.reader, 403),
        (cast.person, 302),
    ],
)
def test_who_may_say_it_of_an_activity_of_seoul(who: Any, status: int) -> None:
    activity = late(cast.host("seoul"))
    client = signed_in(who())
    chosen = [
        f"{stale.translation.column} {stale.changed_at.isoformat(timespec='microseconds')}"
        for stale in stale_translations(activity)
    ]
    assert client.get(step_page(activity)).status_code == status
    answer = client.post(step_page(activity), {"thing-0-chosen": chosen})
    assert answer.status_code == (302 if status == 200 else status)
    assert len(stale_translations(Activity.objects.get(pk=activity.pk))) == (0 if status == 200 else 2)


def test_a_coordinator_words_hosts_but_no_topics() -> None:
    topic = cast.topic("Rivers", name_fr="Rivières")
    topic.name_en = "The rivers"
    topic.save()
    coordinator = cast.coordinator()
    assert signed_in(coordinator).get(step_page(topic)).status_code == 403
    with pytest.raises(PermissionDenied):
        confirm_translations(row=topic, chosen=stale_translations(topic), by=coordinator)
    assert stale_translations(Topic.objects.get(pk=topic.pk))
