"""People, organizations and roles as the Secretariat keeps them."""

import pytest
from auditlog.models import LogEntry
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from accounts.models import Organization, User
from accounts.roles import Role, role_of
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return signed_in(cast.secretary())


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page_of(person: User, name: str = "change") -> str:
    return reverse(f"admin:accounts_user_{name}", args=[person.pk])


def facts(person: User, **changes: str) -> dict[str, str | int]:
    names = ("name", "organization_other", "post", "profile", "language", "timezone")
    return (
        {name: getattr(person, name) for name in names}
        | {
            "country": person.country.code,
            "organization": person.organization_id or "",
            "is_active": "on",
            "reminders": "on",
        }
        | {"role": role_of(person) or ""}
        | changes
    )


def test_people_are_found_by_name_address_and_organization(client: Client) -> None:
    cast.person("Ada Mensah", email="ada@city.example", organization=cast.organization("Tema", country="GH"))
    page = reverse("admin:accounts_user_changelist")
    for question in ("mensah", "ada@city", "tema"):
        assert [row.name for row in client.get(page, {"q": question}).context["cl"].result_list] == [
            "Ada Mensah"
        ]


def test_a_role_says_what_it_may_by_things_and_not_as_programs_do(client: Client) -> None:
    page = client.get(
        reverse("admin:auth_group_change", args=[Group.objects.get(name=Role.COORDINATOR).pk])
    ).text
    assert "<li>Hosts: see, change</li>" in page
    assert "<li>Registrations: see, add, change</li>" in page
    assert "May export registrations" in page
    for words in ("Can add", "Can change", "Can view", "Can delete"):
        assert words not in page


def test_lists_are_titled_by_what_they_list(client: Client) -> None:
    for name, title in (("catalog_activity", "Activities"), ("registrations_registration", "Registrations")):
        page = client.get(reverse(f"admin:{name}_changelist")).text
        assert f"<h1>{title}</h1>" in page
        assert "Select " not in page.split('id="changelist"')[0]


def test_no_password_is_shown_or_set(client: Client) -> None:
    person = cast.person()
    person.set_password("correct horse battery")
    person.save()
    page = client.get(page_of(person)).content.decode()
    assert "password" not in page.lower()
    assert person.password not in page
    client.post(page_of(person), facts(person, password="other"))
    assert User.objects.get(pk=person.pk).check_password("correct horse battery")


def test_a_name_is_corrected_and_the_address_is_not(client: Client) -> None:
    person = cast.person("Ada Mensa", email="ada@city.example")
    client.post(page_of(person), facts(person, name="Ada Mensah", email="evil@city.example"))
    person.refresh_from_db()
    assert (person.name, person.email) == ("Ada Mensah", "ada@city.example")
    entry = LogEntry.objects.get_for_object(person).first()
    assert entry.changes == {"name": ["Ada Mensa", "Ada Mensah"]}
    assert entry.actor.name == "Marta Soler"


def test_the_secretariat_gives_a_role(client: Client) -> None:
    person = cast.person()
    client.post(page_of(person), facts(person, role=Role.COORDINATOR))
    person = User.objects.get(pk=person.pk)
    assert (role_of(person), person.is_staff, person.is_superuser) == (Role.COORDINATOR, True, False)
    client.post(page_of(person), facts(person, role=""))
    person = User.objects.get(pk=person.pk)
    assert (role_of(person), person.is_staff) == (None, False)


def test_nobody_gives_themselves_a_role_or_touches_a_superuser(client: Client) -> None:
    secretary, root = User.objects.get(name="Marta Soler"), cast.superuser()
    client.post(page_of(secretary), facts(secretary, role=Role.READER))
    assert role_of(User.objects.get(pk=secretary.pk)) == Role.SECRETARIAT
    assert client.post(page_of(root), facts(root, role="", name="Gone")).status_code == 403
    root.refresh_from_db()
    assert (root.name, root.is_superuser) == ("Root Baker", True)


def test_no_form_makes_a_superuser(client: Client) -> None:
    person = cast.person()
    client.post(page_of(person), facts(person, is_superuser="on", is_staff="on", user_permissions="1"))
    person = User.objects.get(pk=person.pk)
    assert (person.is_superuser, person.is_staff, person.user_permissions.count()) == (False, False, 0)


def test_a_person_is_added_without_a_password(client: Client) -> None:
    data = {"name": "Bo Chen", "email": "Bo@City.example", "language": "en", "is_active": "on", "role": ""}
    assert client.post(reverse("admin:accounts_user_add"), data).status_code == 302
    person = User.objects.get(email="bo@city.example")
    assert not person.has_usable_password()
    answer = client.post(reverse("admin:accounts_user_add"), data)
    assert "Someone with this address is here already." in answer.content.decode()


def test_a_person_is_erased_after_a_question(client: Client) -> None:
    person = cast.person("Ada Mensah")
    registration = cast.register(cast.session(), person)
    page = f"{reverse('admin:accounts_user_erasure')}?ids={person.pk}"
    assert "There is no way back." in client.get(page).content.decode()
    assert User.objects.get(pk=person.pk).name == "Ada Mensah"
    client.post(page)
    registration.refresh_from_db()
    assert (User.objects.get(pk=person.pk).name, registration.state) == ("", "cancelled")


def test_staff_are_not_erased_with_their_role(client: Client) -> None:
    coordinator = cast.coordinator()
    page = f"{reverse('admin:accounts_user_erasure')}?ids={coordinator.pk}"
    assert "Take the role away first" in client.get(page).content.decode()
    client.post(page)
    assert User.objects.get(pk=coordinator.pk).name == "Jiwoo Han"


def test_an_organizations_data_are_corrected(client: Client) -> None:
    organization = cast.organization("Dakar")
    page = reverse("admin:accounts_organization_change", args=[organization.pk])
    data = {
        "name": "Dakar",
        "slug": "dakar",
        "kind": "member",
        "certainty": "stated",
        "region": "africa",
        "country": "SN",
        "country_label": "Sénégal",
        "member_since": "2010-01-01",
        "member_until": "2009-01-01",
        "timezone": "Africa/Dakar",
        "names-TOTAL_FORMS": 1,
        "names-INITIAL_FORMS": 0,
        "names-0-name": "Ndakaaru",
        "names-0-language": "wo",
        "names-0-kind": "alias",
    }
    assert "The membership cannot end before it begins." in client.post(page, data).content.decode()
    assert client.post(page, data | {"member_until": "2031-12-31"}).status_code == 302
    corrected = Organization.objects.get(pk=organization.pk)
    assert (corrected.certainty, corrected.country_name) == ("stated", "Sénégal")
    assert corrected.names.get().name == "Ndakaaru"
    listed = client.get(reverse("admin:accounts_organization_changelist"), {"q": "ndakaaru"})
    assert list(listed.context["cl"].queryset) == [corrected]
    delete = reverse("admin:accounts_organization_delete", args=[organization.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403


def test_the_secretariat_sets_what_coordinators_may(client: Client) -> None:
    from django.contrib.auth.models import Group

    group = Group.objects.get(name=Role.COORDINATOR)
    page = reverse("admin:auth_group_change", args=[group.pk])
    assert "May publish and withdraw activities" in client.get(page).content.decode()
    client.post(
        page, {"options": ["registrations.export_registration"], "permissions": [1, 2, 3], "name": "x"}
    )
    coordinator = User.objects.get(pk=cast.coordinator().pk)
    assert not coordinator.has_perm("catalog.publish_activity")
    assert coordinator.has_perm("registrations.export_registration")
    assert Group.objects.filter(name=Role.COORDINATOR).exists()


def test_coordinators_are_chosen_on_the_hosts_page_by_the_secretariat_only(client: Client) -> None:
    host, bo = cast.host("cairo"), cast.with_role(Role.COORDINATOR, cast.person("Bo Chen"))
    page = reverse("admin:hubs_host_change", args=[host.pk])
    data = {
        "name_en": host.name,
        "slug": host.slug,
        "kind": host.kind,
        "position": 1,
        "city_en": host.city,
        "country": "EG",
        "timezone": "Africa/Cairo",
        "latitude": 30,
        "longitude": 31,
        "languages": ["en", "ar"],
        "coordinators": [bo.pk],
    }
    answer = client.post(page, data)
    assert answer.status_code == 302, answer.context["errors"]
    assert list(host.coordinators.all()) == [bo]
    answer = signed_in(bo).post(
        page, data | {"about_en": "By the river.", "slug": "other", "coordinators": []}
    )
    assert answer.status_code == 302, answer.context["errors"]
    host.refresh_from_db()
    assert (host.about_en, host.slug, list(host.coordinators.all())) == ("By the river.", "cairo", [bo])


def test_people_are_filtered_by_role_and_the_roles_are_named_in_words(client: Client) -> None:
    cast.coordinator(name="Jiwoo Han")
    cast.person("Amina Diallo")
    page = client.get(reverse("admin:accounts_user_changelist"), {"role": "coordinator"})
    assert [person.name for person in page.context["cl"].result_list] == ["Jiwoo Han"]
    assert ">Coordinator</a>" in page.content.decode()
    group = Group.objects.get(name="coordinator")
    role = client.get(reverse("admin:auth_group_change", args=[group.pk])).content.decode()
    assert "<li>Sessions: see, add, change, delete</li>" in role
    assert "catalog.change_session" not in role
