"""What the pages of the administration tell of other hosts: nothing. Who may open which stands in tests/doors/table.csv.

The addresses are found, not listed: a new page is walked as soon as it exists. A page with a parameter that the walk does
not know fails the test until someone says what to put there.
"""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import tzdata
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organization, User
from accounts.roles import OPTIONS, PERMISSIONS, Role, give_role, role_of, set_options, sync_roles
from catalog.models import Activity, Session, Topic
from hubs.models import Host
from outbox import outages
from outbox.models import Letter
from outbox.smtp_answers import DeliveryFailure
from tests import cast
from tests.doors.things import Things, things_of
from tests.hubs.files import files_in
from tests.made_once import made_once
from tests.quick_visits import draw_nothing, known

pytestmark = pytest.mark.django_db

FOREIGN = "Zzforeign"
SHARED = (Topic, Organization, Group)  # of no host
OURS = ("accounts", "outbox", "hubs", "catalog", "registrations")
ADMINS = list(admin.site._registry.values())


@dataclass
class World:
    """The same things twice: of Seoul, and of Cairo, whose texts all say so."""

    own: Things
    foreign: Things


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[World]:
    with files_in(tmp_path_factory.mktemp("files")), made_once(django_db_blocker):
        yield World(own=things_of("seoul", "Ours"), foreign=things_of("cairo", FOREIGN))


@pytest.fixture
def world(made: World) -> World:
    own, foreign = (
        {model: copy(thing) for model, thing in things.items()} for things in (made.own, made.foreign)
    )
    return World(own, foreign)


@dataclass
class Page:
    admin: Any
    name: str
    address: str
    # The same page of something that is not there; empty for pages about no one thing.
    of_nothing: str = ""


def pages(things: Things) -> Iterator[Page]:
    """Each page of each kind of thing."""
    for model_admin in ADMINS:
        model = model_admin.model
        row = Group.objects.get(name=Role.READER) if model is Group else things.get(model)
        steps = {step.noun for step in getattr(model_admin, "steps", ())}
        for pattern in model_admin.get_urls():
            if not getattr(pattern, "name", None):
                continue  # leads old addresses on
            assert row is not None, f"The walk has no {model.__name__}."
            parameters = set(pattern.pattern.converters)
            if not parameters and pattern.name.rsplit("_", 1)[1] in steps:
                page = reverse(f"admin:{pattern.name}")
                yield Page(model_admin, pattern.name, f"{page}?ids={row.pk}", f"{page}?ids=999999999")
            elif not parameters:
                yield Page(model_admin, pattern.name, reverse(f"admin:{pattern.name}"))
            elif parameters == {"slug", "year"}:
                slugs = things[Host].slug, "nowhere"
                yield Page(
                    model_admin,
                    pattern.name,
                    *(reverse(f"admin:{pattern.name}", args=[slug, 2026]) for slug in slugs),
                )
            else:
                assert parameters <= {"object_id", "pk"}, f"What is {parameters} of {pattern.name}?"
                yield Page(
                    model_admin,
                    pattern.name,
                    *(reverse(f"admin:{pattern.name}", args=[pk]) for pk in (row.pk, 999999999)),
                )


def signed_in(person: User) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(person)
    return client


def state_of_everything() -> dict[str, Any]:
    """All rows of our tables, to see that nothing changed."""
    digests = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model._meta.app_label in OURS:
                rows = f"SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {model._meta.db_table} t"
                cursor.execute(rows)
                digests[model.__name__] = cursor.fetchone()
    return digests


def test_coordinator_finds_nothing_of_other_hosts(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    (client,) = known(monkeypatch, cast.coordinator(cast.host("seoul")))
    walked = 0
    for page in pages(world.foreign):
        answer = client.get(page.address)
        text = answer.content.decode(errors="replace")
        if page.address.endswith("/calendar/"):
            text = without_what_is_public(text, page.address, client, world.foreign)
        assert FOREIGN.lower() not in text.lower(), f"{page.address} tells of another host"
        if page.of_nothing and page.admin.model not in SHARED:
            assert answer.status_code in (403, 404), f"{page.address} answered {answer.status_code}"
            nothing = client.get(page.of_nothing)
            assert nothing.status_code == answer.status_code, f"{page.address} tells that it is there"
        walked += 1
    assert walked > 90


def without_what_is_public(text: str, address: str, client: Client, foreign: Things) -> str:
    """The calendar tells of other hosts what the public sees, and leads to no page of theirs at the desk."""
    session = foreign[Session]
    text += client.get(address, {"month": f"{session.starts_at:%Y-%m}"}).content.decode()
    assert f"{FOREIGN} activity" in text
    assert f"/admin/catalog/session/{session.pk}/" not in text
    return (
        text.replace(f"{FOREIGN} activity", "")
        .replace(f"{FOREIGN.lower()}-activity", "")
        .replace(f"{FOREIGN} host", "")
    )


def test_coordinator_changes_nothing_of_other_hosts(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    (client,) = known(monkeypatch, cast.coordinator(cast.host("seoul")))
    draw_nothing(monkeypatch)
    before = state_of_everything()
    for page in pages(world.foreign):
        model_admin, name, address = page.admin, page.name, page.address
        row = world.foreign.get(model_admin.model)
        data: dict[str, Any] = {
            "post": "yes",
            "reason": "no",
            "en": "because",
            "places": "500",
            "_told": "yes",
        }
        if name.endswith("_changelist") and row is not None:
            for step in [*getattr(model_admin, "steps", ()), "delete_selected"]:
                action = getattr(step, "noun", step)
                client.post(address, {"action": action, "_selected_action": [row.pk], "post": "yes"})
        session = world.foreign[Session].pk
        if name.endswith("registration_add"):
            data |= {"session": session, "email": "zz@city.example", "language": "en"}
        if name.endswith("invitation_add"):
            data |= {"session": session, "emails": "zz@city.example"}
        if name.endswith("activity_add"):
            data |= form_data(world.foreign[Host])
        answer = client.post(address, data)
        if page.of_nothing and model_admin.model not in SHARED:
            assert answer.status_code in (403, 404, 405), f"POST {address} answered {answer.status_code}"
    assert state_of_everything() == before


def form_data(host: Model) -> dict[str, Any]:
    management = {}
    for prefix in ("sessions", "speakers", "materials"):
        management |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return {"title_en": "New", "slug": "new", "format": "webinar", "host": host.pk, **management}


def test_pickers_of_a_coordinator_offer_own_hosts_only(world: World) -> None:
    client = signed_in(cast.coordinator(cast.host("seoul")))
    page = client.get(reverse("admin:catalog_activity_add")).content.decode()
    assert "Ours host" in page
    assert FOREIGN not in page
    # Whoever asks for suggestions is answered from the same rows as the list.
    for app, model, name in (("catalog", "activity", "host"), ("catalog", "session", "activity")):
        suggestions = client.get(
            reverse("admin:autocomplete"),
            {"app_label": app, "model_name": model, "field_name": name, "term": "z"},
        )
        assert FOREIGN not in suggestions.content.decode()


@pytest.mark.long
def test_coordinator_of_no_host_sees_no_rows(world: World) -> None:
    alone = cast.with_role(Role.COORDINATOR, cast.person("Nobody Yet"))
    client = signed_in(alone)
    for page in [*pages(world.own), *pages(world.foreign)]:
        text = client.get(page.address).content.decode(errors="replace")
        assert "Ours activity" not in text, page.address
        assert FOREIGN not in text, page.address


def test_a_visitor_is_led_to_the_one_door() -> None:
    answer = Client().get(reverse("admin:index"), follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("account_login"))
    assert "next=%2Fadmin%2F" in answer.redirect_chain[-1][0]


def test_staff_without_a_second_factor_are_led_to_it() -> None:
    secretary = cast.secretary()
    secretary.authenticator_set.all().delete()
    answer = signed_in(secretary).get(reverse("admin:index"), follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("mfa_index"))


@pytest.mark.parametrize(
    "address",
    [
        "/admin/accounts/user/?password__startswith=argon2",
        "/admin/accounts/user/?calendar_secret__startswith=a",
        "/admin/outbox/letter/?text__contains=1234",
        "/admin/registrations/registration/?person__password__startswith=argon2",
        "/admin/registrations/registration/export/?person__calendar_secret__startswith=a",
        "/admin/catalog/session/?joining_link__contains=meet",
    ],
)
def test_lists_answer_no_questions_but_those_of_their_filters(world: World, address: str) -> None:
    client = signed_in(cast.secretary())
    assert client.get(address).status_code == 400


@pytest.mark.long
def test_filters_of_lists_work(world: World) -> None:
    client = signed_in(cast.secretary())
    for model_admin in ADMINS:
        opts = model_admin.model._meta
        page = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
        answer = client.get(page)
        assert answer.status_code == 200, page
        for spec in answer.context["cl"].filter_specs:
            for choice in spec.choices(answer.context["cl"]):
                if "query_string" in choice:
                    assert client.get(page + choice["query_string"]).status_code == 200, choice


# The roles themselves


def test_groups_have_exactly_their_permissions() -> None:
    for role in Role:
        group = Group.objects.get(name=role)
        has = {
            f"{p.content_type.app_label}.{p.codename}"
            for p in group.permissions.select_related("content_type")
        }
        at_first = {name for name, given in OPTIONS.get(role, {}).items() if given}
        assert has == PERMISSIONS[role] | at_first


def test_a_permission_given_by_hand_is_taken_back_but_options_stay_as_chosen() -> None:
    coordinators = Group.objects.get(name=Role.COORDINATOR)
    publish = Permission.objects.get(codename="publish_activity")
    coordinators.permissions.remove(publish)
    coordinators.permissions.add(Permission.objects.get(codename="delete_user"))
    coordinators.permissions.remove(Permission.objects.get(codename="view_activity"))
    sync_roles()
    codenames = set(coordinators.permissions.values_list("codename", flat=True))
    assert "delete_user" not in codenames
    assert "view_activity" in codenames
    assert "publish_activity" not in codenames


def test_options_are_the_secretariats_to_give() -> None:
    coordinator, secretary = cast.coordinator(), cast.secretary()
    assert coordinator.has_perm("catalog.publish_activity")
    set_options(role=Role.COORDINATOR, chosen=set(), by=secretary)
    assert not User.objects.get(pk=coordinator.pk).has_perm("catalog.publish_activity")
    with pytest.raises(PermissionDenied):
        set_options(role=Role.COORDINATOR, chosen={"catalog.publish_activity"}, by=coordinator)


def test_give_role_lets_in_and_takes_back() -> None:
    person, secretary = cast.person(), cast.secretary()
    give_role(person=person, role=Role.READER, by=secretary)
    assert (person.is_staff, role_of(User.objects.get(pk=person.pk))) == (True, Role.READER)
    give_role(person=person, role=Role.COORDINATOR, by=secretary)
    assert role_of(User.objects.get(pk=person.pk)) == Role.COORDINATOR
    give_role(person=person, role=None, by=secretary)
    person.refresh_from_db()
    assert (person.is_staff, role_of(User.objects.get(pk=person.pk))) == (False, None)


@pytest.mark.parametrize("who", [cast.coordinator, cast.reader, cast.person])
def test_give_role_refuses_whoever_may_not(who: Any) -> None:
    with pytest.raises(PermissionDenied):
        give_role(person=cast.person("Friend"), role=Role.SECRETARIAT, by=who())


def test_nobody_changes_their_own_role_or_a_superusers() -> None:
    secretary = cast.secretary()
    with pytest.raises(PermissionDenied):
        give_role(person=secretary, role=Role.READER, by=secretary)
    with pytest.raises(PermissionDenied):
        give_role(person=cast.superuser(), role=None, by=secretary)


def test_the_desk_says_what_needs_attention_within_my_hosts(world: World) -> None:
    soon = cast.session(world.own[Activity], starts_in=timedelta(days=2))
    cast.session(world.foreign[Activity], starts_in=timedelta(days=2))
    draft = cast.activity("Draft without words", published=False)
    Letter.objects.filter(pk=world.own[Letter].pk).update(state=Letter.State.FAILED)
    page = signed_in(cast.coordinator(cast.host("seoul"))).get(reverse("admin:index")).content.decode()
    assert reverse("admin:catalog_session_change", args=[soon.pk]) in page
    assert draft.title in page
    assert FOREIGN not in page
    assert "1 letter was given up" in page
    Letter.objects.filter(pk=world.foreign[Letter].pk).update(state=Letter.State.FAILED)
    page = signed_in(cast.coordinator(cast.host("seoul"))).get(reverse("admin:index")).content.decode()
    assert "1 letter was given up" in page
    page = signed_in(cast.secretary()).get(reverse("admin:index")).content.decode()
    assert f"{FOREIGN} activity" in page
    assert "2 letters were given up" in page
    outages.begin(DeliveryFailure("Connection refused", server=True, certain=True), now=timezone.now())
    page = signed_in(cast.secretary()).get(reverse("admin:index")).content.decode()
    assert "Connection refused" in page


def test_the_desk_names_the_table_of_time_zones() -> None:
    page = signed_in(cast.reader()).get(reverse("admin:index"))
    assert f"edition {tzdata.IANA_VERSION} of the table of time zones" in page.text


def test_the_desk_asks_the_same_number_of_questions_however_much_there_is(
    world: World, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(cast.secretary())
    client.get(reverse("admin:index"))

    def asked() -> int:
        with django_assert_max_num_queries(49) as queries:
            client.get(reverse("admin:index"))
        return len(queries)

    # One to come: its meetings are read together with those of all others.
    cast.session(cast.activity("First"), starts_in=timedelta(days=1))
    few = asked()
    for number in range(4):
        of = cast.activity(f"More {number}", published=number % 2 == 0)
        cast.session(of, starts_in=timedelta(days=1 + number))
    assert asked() == few
