"""An activity that was held, with everything that one can say of it and much that came of it. All people are invented."""

from datetime import UTC, datetime

from auditlog.context import disable_auditlog

from catalog.actions import refresh, set_rule
from catalog.certificate_rule import Certificate, Counted, Rule
from catalog.models import Activity, Material, Picture, Session
from desk.clock import in_zone
from tests import cast
from tests.hubs.files import upload

RULE = Rule(
    certificate=Certificate.COMPLETION, percent=80, percent_of=Counted.MINUTES, leaves_out_excused=True
)
THEN = datetime(2026, 3, 1, 9, tzinfo=UTC)


def at(text: str, session_zone: str = "Africa/Cairo") -> datetime:
    return in_zone(datetime.fromisoformat(text), Session(timezone=session_zone).zone)


@disable_auditlog()
def held_before(**fields: object) -> Activity:
    """In Cairo in April 2026, on both sides of the day on which its clocks were put forward (the 24th)."""
    activity = cast.activity(
        "Water in dense cities",
        **{
            "slug": "water-2026",
            "host": cast.host("cairo"),
            "published_at": THEN,
            "title_fr": "L’eau dans les villes denses",
            "title_es": "El agua en ciudades densas",
            "summary": "What works in 2026.",
            "description": "Bring a **map**.",
            "description_fr": "Apportez une **carte**.",
            "certificate_rule": "For those who came.",
            "audiences": ["technical"],
            "languages": ["ar", "en"],
            "interpretation": ["fr"],
            "regions": ["africa"],
            "partners": ["Water Works"],
            "credited_to": cast.organization("Dakar"),
            "topics": [cast.topic("Water"), cast.topic("Mobility")],
        }
        | fields,
    )
    set_rule(activity=activity, rule=RULE, by=None, now=THEN)
    # The French is older than the English, the Spanish is not.
    activity.words_as_of = {
        "title": {"en": "2026-02-02T00:00:00.000000+00:00", "es": "2026-02-03T00:00:00.000000+00:00"}
    }
    activity.save(update_fields=["words_as_of"])
    picture = Picture.objects.create(
        key="0" * 20,
        activity=activity,
        **dict.fromkeys(("avif_320", "avif_640", "webp_640", "jpg_1280"), b"colors"),
    )
    Activity.objects.filter(pk=activity.pk).update(
        picture_key=picture.key,
        picture_alt_en="A river",
        picture_alt_fr="Un fleuve",
        picture_credit="Ana Example",
        picture_link="https://example.org/river",
    )
    cast.speaker(activity, role_en="Engineer", role_fr="Ingénieure", position=2)
    cast.speaker(activity, "Bo Chen", organization="Water Works", position=1)
    refresh(activity=activity)
    activity.refresh_from_db()
    return activity


@disable_auditlog()
def series(of: Activity, **fields: object) -> Session:
    """Three Tuesdays: in winter time, and twice in summer time."""
    hours = [(at(f"2026-{day} 10:00"), at(f"2026-{day} 11:30"), title) for day, title in DAYS]
    made = cast.session(
        of,
        meetings=hours,
        **{
            "label": "Spring edition",
            "label_fr": "Édition de printemps",
            "venue": "City Hall",
            "venue_es": "Ayuntamiento",
            "joining_note": "Passcode 1234",
            "places": 12,
            "eligibility": Session.Eligibility.MEMBERS_FIRST,
            "members_first_until": at("2026-03-20 12:00"),
            "registration_opens_at": at("2026-03-01 08:00"),
            "registration_closes_at": at("2026-05-01 18:00"),
            "late_registration": True,
            "reminder_leads": [1440],
        }
        | fields,
    )
    Session.objects.filter(pk=made.pk).update(sequence=3, places_taken=2, waiting_count=1)
    made.refresh_from_db()
    return made


DAYS = [("04-21", "Sources"), ("04-28", "Pipes"), ("05-05", "")]


@disable_auditlog()
def with_materials(activity: Activity, session: Session) -> Activity:
    given = {"activity": activity, "shown_to": Material.Audience.PARTICIPANTS}
    Material.objects.create(
        **given, title="Handbook", file=upload("handbook.pdf"), file_name="handbook.pdf", file_size=15
    )
    Material.objects.create(
        **given, session=session, title="To read", title_fr="À lire", link="https://example.org/read",
        meant_for=Material.MeantFor.BEFORE, language="ar", position=3,
    )  # fmt: skip
    Material.objects.create(
        **given, title="What was said", link="https://example.org/film", kind=Material.Kind.RECORDING
    )
    return activity
