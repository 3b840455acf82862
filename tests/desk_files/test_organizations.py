"""Organizations by a file: looked at, done, taken back; each row through the form of the desk."""

import pytest
from auditlog.context import set_actor
from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Organization, OrganizationName
from tests import cast

from .making import done, looked, outcomes, read, told, undone

pytestmark = pytest.mark.django_db
HEADINGS = ("Code", "Name", "Kind", "Country", "Region", "Name in French", "Member since", "Member until")
DAKAR = ("dakar", "Dakar", "member", "Senegal", "Africa", "Dakar", "1995-01-01", "")


@pytest.fixture
def staff():
    return cast.secretary()


def organization(name="Cairo", **facts):
    facts = {"slug": name.lower(), "country": "EG", "region": "africa", "timezone": "Africa/Cairo"} | facts
    return Organization.objects.create(name=name, **facts)


def test_a_new_one_is_looked_at_and_nothing_is_stored(staff):
    of = read("organizations", [DAKAR], HEADINGS, by=staff)
    assert told(of) == [("new", "")]
    assert Organization.objects.count() == 0
    done(of)
    dakar = Organization.objects.get()
    assert (dakar.slug, dakar.kind, dakar.country.code, dakar.region) == ("dakar", "member", "SN", "africa")
    assert (dakar.timezone, dakar.certainty, str(dakar.member_since)) == (
        "Africa/Dakar",
        "assumed",
        "1995-01-01",
    )
    assert list(dakar.names.values_list("language", "kind", "name")) == [("fr", "short", "Dakar")]
    by = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(Organization)).get()
    assert by.actor == staff


def test_what_differs_is_shown_from_what_to_what_and_written_alone(staff):
    cairo = organization(member_since="1990-01-01")
    OrganizationName.objects.create(organization=cairo, language="fr", name="Caire")
    row = ("cairo", "Cairo", "Partner", "Égypte", "", "Le Caire", "", "")
    of = read("organizations", [row], HEADINGS, by=staff)
    [one] = looked(of)
    assert one.outcome == "changed"
    assert list(one.changes) == [("Kind", "member", "partner"), ("Name in French", "Caire", "Le Caire")]
    done(of)
    cairo.refresh_from_db()
    assert (cairo.kind, str(cairo.member_since), cairo.name_shown) == ("partner", "1990-01-01", "Cairo")
    assert [(one.pk, one.name) for one in cairo.names.all()] == [(cairo.names.get().pk, "Le Caire")]
    assert told(read("organizations", [row], HEADINGS, by=staff)) == [("same", "")]


def test_one_is_found_by_any_of_its_names_and_not_renamed(staff):
    cairo = organization()
    OrganizationName.objects.create(organization=cairo, language="fr", name="Le Caire")
    of = read("organizations", [("LE CAIRE", "EG", "partner")], ("Name", "Country", "Kind"), by=staff)
    assert [list(one.changes) for one in looked(of)] == [[("Kind", "member", "partner")]]
    assert done(of).entries.get().thing == cairo.pk
    assert Organization.objects.get().name == "Cairo"


def test_wrong_rows_are_refused_with_their_reasons_and_lose_none_of_the_right_ones(staff):
    organization()
    rows = [
        DAKAR,
        ("", "Atlantis City", "member", "Atlantis", "Africa", "", "", ""),
        ("", "Lagos", "city", "Nigeria", "Africa", "", "31/12/1999", ""),
        ("", "", "member", "Kenya", "Africa", "", "", ""),
        ("", "Nairobi", "member", "Kenya", "Africa", "", "2001-01-01", "2000-01-01"),
        ("egypt-cairo", "Cairo", "member", "Egypt", "Africa", "", "", ""),
        DAKAR,
        ("", "Tunis", "member", "Tunisia", "Africa", "", "", ""),
        ("", "Tunis", "partner", "Tunisia", "Africa", "", "", ""),
    ]
    of = read("organizations", rows, HEADINGS, by=staff)
    before = told(of)
    done(of)
    assert (
        outcomes(of)
        == before
        == [
            ("new", ""),
            ("refused", "Country: “Atlantis” is not known."),
            (
                "refused",
                "Kind: “city” is not known. Member since: “31/12/1999” is no day. Write it as 2026-12-01.",
            ),
            ("refused", "Name: This field is required."),
            ("refused", "Member until: The membership cannot end before it begins."),
            ("refused", "It is here already, with the code “cairo”."),
            ("same", "It stands on row 2 already."),
            ("new", ""),
            ("refused", "Row 9 says otherwise of the same."),
        ]
    )
    assert set(Organization.objects.values_list("name", flat=True)) == {"Cairo", "Dakar", "Tunis"}


def test_names_that_the_database_would_refuse_are_refused_in_words(staff):
    headings = ("Name", "Kind", "Country", "Region", "Official names", "Former names")
    rows = [
        ("Cairo", "member", "EG", "Africa", "ar: القاهرة", "ar: القاهرة"),
        ("Giza", "member", "EG", "Africa", "Giza", ""),
    ]
    assert told(read("organizations", rows, headings, by=staff)) == [
        ("refused", "The name “ar: القاهرة” stands twice."),
        ("refused", "Official names: “Giza” is no name with its language. Write it as “ko: 서울”."),
    ]


def test_undo_takes_out_what_is_new_gives_back_what_stands_and_names_what_stays(staff):
    cairo, giza = organization(), organization("Giza")
    rows = [
        DAKAR,
        ("", "Lagos", "member", "Nigeria", "Africa", "", "", ""),
        ("", "Tunis", "member", "Tunisia", "Africa", "", "", ""),
        ("cairo", "Al-Qahira", "partner", "", "", "Le Caire", "", ""),
        ("giza", "", "partner", "", "", "Gizeh", "", ""),
    ]
    of = done(read("organizations", rows, HEADINGS, by=staff))
    cast.person(organization=Organization.objects.get(name="Lagos"))
    Organization.objects.filter(name="Tunis").update(kind="partner")
    OrganizationName.objects.filter(name="Gizeh").update(name="Guizeh")
    undone(of)
    assert list(of.entries.values_list("back", flat=True)) == ["untold", "used", "touched", "given", "partly"]
    assert set(Organization.objects.values_list("name", flat=True)) == {"Cairo", "Giza", "Lagos", "Tunis"}
    cairo.refresh_from_db(), giza.refresh_from_db()
    assert (cairo.kind, giza.kind) == ("member", "member")
    assert list(OrganizationName.objects.values_list("name", flat=True)) == ["Guizeh"]


def test_what_somebody_else_changed_since_the_file_was_read_is_left_alone(staff):
    cairo, other = organization(), cast.secretary("Other Person")
    of = read("organizations", [("cairo", "partner")], ("Code", "Kind"), by=staff)
    with set_actor(other):
        cairo.region = "europe"
        cairo.save()
    done(of)
    why = "Other Person changed it since this file was read. Read the file again to see what differs now."
    assert outcomes(of) == [("refused", why)]
    assert told(read("organizations", [("cairo", "partner")], ("Code", "Kind"), by=staff)) == [
        ("changed", "")
    ]


def test_rows_that_say_what_is_there_cost_no_statements_and_new_ones_as_many_each(staff):
    rows = [(f"city-{n}", f"City {n}", "member", "Kenya", "Africa", f"Ville {n}", "", "") for n in range(12)]

    def statements(many):
        of = read("organizations", rows[:many], HEADINGS, by=staff)
        with CaptureQueriesContext(connection) as looking:
            looked(of)
        with CaptureQueriesContext(connection) as doing:
            done(of)
        return len(looking), len(doing)

    looked_at_two, _two = statements(2)
    looked_at_four, four = statements(4)  # two of them are there
    looked_at_ten, ten = statements(10)  # four of them are there
    assert looked_at_four == looked_at_ten == looked_at_two + 1  # the names of those that are there
    each, rest = divmod(ten - four, 4)
    assert each <= 16
    assert rest == 0
    assert statements(4) == statements(10)


def test_one_that_was_merged_is_named_and_not_changed(staff):
    kept, gone = organization(), organization("Al-Qahira")
    Organization.objects.filter(pk=gone.pk).update(merged_into=kept)
    of = read("organizations", [(gone.slug, "partner")], ("Code", "Kind"), by=staff)
    assert told(of) == [("refused", "It was merged into “Cairo”, whose code is “cairo”.")]
