"""An organization is found by typing any of its names; without scripts the list is a native one in the reader’s language."""

import pytest
from django.conf import settings
from django.utils import translation
from playwright.sync_api import expect

from accounts.models import Organization
from learning_station.facts.members import load_members
from learning_station.facts.names import load_names
from tests import cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def newcomer(client):
    load_members()
    load_names()
    person = cast.person(name="", profile=False)
    client.force_login(person)
    return person


def test_type_to_find_by_name_alias_and_city_in_the_readers_language(
    open_page, live_server, client, newcomer, axe
):
    cookie = {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
    }
    page = open_page()
    page.context.add_cookies([{**cookie, "url": live_server.url}])
    page.goto("/ar/accounts/profile/")
    field, options = page.locator("#id_organization"), page.locator("[role=option]:visible")
    chosen = page.locator("select[name=organization]")
    slugs = dict(Organization.objects.values_list("slug", "pk"))
    for typed, city in (
        ("سيول", "سيول"),
        ("medellin", "ميديلين"),
        ("首爾", "سيول"),
        ("KL", "كوالالمبور"),
        ("Peking", "بكين"),
    ):
        field.fill(typed)
        expect(options).to_have_count(1)
        expect(options).to_contain_text(city)
    field.fill("sao p")
    expect(options).to_have_count(2)
    expect(field).to_have_attribute("aria-expanded", "true")
    axe(page)
    first = options.first.text_content()
    field.press("ArrowDown")
    field.press("ArrowUp")
    expect(options.first).to_have_attribute("aria-selected", "true")
    field.press("Enter")
    expect(options).to_have_count(0)
    expect(field).to_have_value(first)
    assert chosen.input_value() in {str(slugs["sao-paulo"]), str(slugs["sao-paulo-state"])}
    field.fill("Dakar")
    field.press("Escape")
    expect(options).to_have_count(0)
    field.blur()
    expect(chosen).to_have_value(str(slugs["dakar"]))
    field.fill("Water Works of Elsewhere")
    field.blur()
    expect(chosen).to_have_value("")
    expect(page.locator("#id_organization_other")).to_have_value("Water Works of Elsewhere")
    box, listed = field.bounding_box(), page.locator(".choices").bounding_box()
    assert box["width"] == pytest.approx(listed["width"], abs=2)


def test_without_scripts_the_list_is_in_the_readers_language_and_order(client, newcomer):
    pages = {
        language: client.get(f"{prefix}/accounts/profile/")
        for language, prefix in (("fr", "/fr"), ("ar", "/ar"))
    }
    groups = {}
    for language, page in pages.items():
        with translation.override(language):
            choices = page.context["form"].fields["organization"].choices[1:]
            groups[language] = {str(group): listed for group, listed in choices}
    european = [name for _pk, name in groups["fr"]["Europe"]]
    assert european[0].startswith("Aire métropolitaine de Barcelone")
    assert european.index("Athènes (Grèce)") < european.index("Varsovie (Pologne)")
    assert 'data-also="' in pages["fr"].content.decode()
    arabic = [name for group in groups["ar"].values() for _pk, name in group]
    assert "القاهرة (مصر)" in arabic
    assert not [name for name in arabic if name.isascii()]
