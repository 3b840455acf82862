import pytest

from accounts.models import Organization, User
from tests import cast

pytestmark = pytest.mark.django_db

PROFILE = "/accounts/profile/"


@pytest.fixture
def newcomer(client):
    person = cast.person(name="", profile=False, timezone="")
    client.force_login(person)
    return person


def filled(**other):
    return {
        "name": "ሰላማዊት ገብረየስ",
        "organization": str(cast.organization().pk),
        "organization_other": "",
        "post": "Transport planner",
        "profile": "technical",
        "country": "SN",
        "language": "fr",
        "timezone": "Africa/Addis_Ababa",
    } | other


def test_the_form_is_kept_as_typed_and_leads_where_one_was_going(client, newcomer):
    answer = client.post(PROFILE, filled(next="/me/calendar/"))
    assert answer.url == "/me/calendar/"
    newcomer.refresh_from_db()
    assert newcomer.name == "ሰላማዊት ገብረየስ"
    assert newcomer.organization == cast.organization()
    assert (newcomer.post, newcomer.profile, newcomer.language) == ("Transport planner", "technical", "fr")
    assert (newcomer.country.code, newcomer.timezone) == ("SN", "Africa/Addis_Ababa")
    assert newcomer.has_profile


def test_it_can_be_changed_later(client):
    amina = cast.person()
    client.force_login(amina)
    page = client.get(PROFILE)
    assert page.context["form"]["post"].value() == "Head of Mobility"
    assert client.post(PROFILE, filled(name=amina.name, post="Deputy Mayor", profile="elected")).url == "/me/"
    amina.refresh_from_db()
    assert (amina.post, amina.profile) == ("Deputy Mayor", "elected")


def test_what_is_missing_is_told_above_and_beside_and_nothing_typed_is_lost(client, newcomer):
    answer = client.post(PROFILE, filled(post="", country=""))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"post", "country"}
    assert 'href="#id_post"' in page  # the list on top leads to the field
    assert 'aria-invalid="true"' in page
    assert "ሰላማዊት ገብረየስ" in page
    newcomer.refresh_from_db()
    assert newcomer.name == ""


def test_a_refused_name_does_not_show_in_the_frame(client):
    amina = cast.person("Amina Diallo")
    client.force_login(amina)
    answer = client.post(PROFILE, filled(name="Somebody Else", post=""))
    assert answer.context["user"].name == "Amina Diallo"


def test_another_organization_than_a_member_may_be_written(client, newcomer):
    client.post(PROFILE, filled(organization="", organization_other="Water Works of Elsewhere"))
    newcomer.refresh_from_db()
    assert newcomer.organization is None
    assert newcomer.organization_name == "Water Works of Elsewhere"


@pytest.mark.parametrize(
    ("organization", "other", "field"),
    [(False, "", "organization"), (True, "Water Works", "organization_other")],
)
def test_exactly_one_organization(client, newcomer, organization, other, field):
    chosen = str(cast.organization().pk) if organization else ""
    answer = client.post(PROFILE, filled(organization=chosen, organization_other=other))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_only_members_of_today_are_offered_and_my_own(client, newcomer):
    left = cast.organization("Atlantis", member_until="2020-01-01", member_since=None)
    partner = cast.organization("Some Partner", kind=Organization.Kind.PARTNER)
    assert "Atlantis" not in client.get(PROFILE).content.decode()
    assert client.post(PROFILE, filled(organization=str(partner.pk))).status_code == 422
    newcomer.organization = left
    newcomer.save()
    assert "Atlantis" in client.get(PROFILE).content.decode()


def test_members_stand_by_region(client, newcomer):
    cast.organization("Seoul", region="asia-pacific", country="KR")
    cast.organization("Dakar")
    choices = client.get(PROFILE).context["form"].fields["organization"].choices
    assert [str(group) for group, _members in choices[1:]] == ["Africa", "Asia-Pacific"]
    assert choices[1][1] == [(cast.organization("Dakar").pk, "Dakar (Senegal)")]


@pytest.mark.parametrize(
    ("country", "zone"),
    [("SN", "Africa/Dakar"), ("DE", "Europe/Berlin"), ("IR", "Asia/Tehran")],
)
def test_without_scripts_the_zone_follows_from_the_organization_or_the_country(
    client, newcomer, country, zone
):
    client.post(PROFILE, filled(country=country, timezone=""))
    newcomer.refresh_from_db()
    assert newcomer.timezone == zone


def test_where_the_zone_cannot_be_known_it_is_asked(client, newcomer):
    answer = client.post(PROFILE, filled(country="BR", timezone=""))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["timezone"]


@pytest.mark.parametrize("field", ["timezone", "language", "country", "organization", "profile"])
def test_made_up_values_are_refused(client, newcomer, field):
    answer = client.post(PROFILE, filled(**{field: "made-up"}))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_a_newcomer_is_offered_the_language_of_the_page(client, newcomer):
    assert client.get("/fr" + PROFILE).context["form"]["language"].value() == "fr"


def test_fields_carry_what_browsers_need(client, newcomer):
    page = client.get(PROFILE).content.decode()
    for token in ("name", "organization", "organization-title", "country"):
        assert f'autocomplete="{token}"' in page
    assert "data-browser-zone" in page


def test_nobody_else_sees_it(client):
    assert client.get(PROFILE).status_code == 302
    assert client.post(PROFILE, {}).status_code == 302
    assert User.objects.count() == 0


def test_the_whole_list_costs_as_much_for_many_members(client, newcomer, django_assert_num_queries):
    cast.organization("Dakar")
    with django_assert_num_queries(3) as few:
        client.get(PROFILE)
    for name in ("Abuja", "Accra", "Cairo"):
        cast.organization(name)
    with django_assert_num_queries(len(few)):
        client.get(PROFILE)


def test_reminders_can_be_refused_and_had_again(client):
    amina = cast.person()
    client.force_login(amina)
    assert client.get(PROFILE).context["form"]["reminders"].value() is True
    client.post(PROFILE, filled(name=amina.name))
    amina.refresh_from_db()
    assert not amina.reminders
    client.post(PROFILE, filled(name=amina.name, reminders="on"))
    amina.refresh_from_db()
    assert amina.reminders
