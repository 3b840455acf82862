"""The gallery of the design's parts, at /design/: each with its states and its arguments. For staff and for the desk."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import second_factor_missing
from catalog.hours import Hours
from catalog.listing.own_state import OwnState
from catalog.models import Activity, Session
from catalog.session_state import State, state_of
from pictures.covers import cover_svg
from registrations.models import Registration
from registrations.own_state import INVITED, own_state


class SampleForm(forms.Form):
    """One field of each kind, with the hints and errors a field can have."""

    name = forms.CharField(
        label="Name as it should stand on the list",
        help_text="In any script. Up to 120 letters.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(label="E-mail address", widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    code = forms.CharField(
        label="Code from the letter",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    country = forms.ChoiceField(
        label="Country",
        choices=[("", "Choose a country"), ("EG", "Egypt"), ("KR", "Korea"), ("MX", "Mexico")],
    )
    profile = forms.ChoiceField(
        label="In my city I work",
        widget=forms.RadioSelect,
        choices=[("technical", "in a technical post"), ("elected", "as an elected representative")],
    )
    languages = forms.MultipleChoiceField(
        label="Languages I can follow a session in",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("en", "English"), ("fr", "French"), ("es", "Spanish")],
    )
    why = forms.CharField(
        label="What do you hope to take home?",
        required=False,
        help_text="Two or three sentences help the host prepare.",
        widget=forms.Textarea,
    )
    agreed = forms.BooleanField(
        label="The host may write to me about this session", help_text="You can change this later."
    )


def _at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


CARDS: list[dict[str, Any]] = [
    {
        "url": "#",
        "title": "Water after the flood: how Chengdu redesigned its river parks",
        "format": "webinar",
        "format_name": "Webinar",
        "summary": "Engineers and neighbors tell how three parks learned to hold water, what failed, and what the "
        "second design cost.",
        "starts_at": _at(2026, 12, 1, 9, 0),
        "ends_at": _at(2026, 12, 1, 10, 30),
        "zone": "Asia/Shanghai",
        "place": "Chengdu",
        "state": "few",
        "state_name": "3 places left",
        "host": "Metropolis Learning Hub Chengdu",
        "languages": "English, Chinese",
        "audience": "Technical staff",
        "topics": ["water-management"],
        "slug": "water-after-the-flood",
    },
    {
        "url": "#",
        "title": "Budgeting with care: a course for finance teams",
        "format": "online_course",
        "format_name": "Online course",
        "summary": "Four modules at your own pace on reading a city budget by who gains from it.",
        "when": "Start any time until 30 June 2027",
        "state": "open",
        "state_name": "Open for registration",
        "host": "Secretariat General",
        "languages": "English, French, Spanish",
        "audience": "Technical staff and elected representatives",
        "topics": ["financing"],
        "slug": "budgeting-with-care",
    },
    {
        "url": "#",
        "title": "La calle completa: movilidad y espacio público en las grandes metrópolis latinoamericanas",
        "format": "in_person_program",
        "format_name": "In-person program",
        "lang": "es",
        "summary": "Cinco días en la Ciudad de México: recorridos, talleres y un plan para llevar a casa.",
        "starts_at": _at(2027, 2, 8, 15, 0),
        "ends_at": _at(2027, 2, 12, 23, 0),
        "zone": "America/Mexico_City",
        "place": "Mexico City",
        "state": "waiting",
        "state_name": "Full, with a waiting list",
        "host": "MITI Regional Center Mexico City",
        "languages": "Spanish",
        "topics": ["mobility"],
        "slug": "la-calle-completa",
    },
]

MEETINGS = [
    {
        "title": "Opening: what a regional center can do",
        "starts_at": _at(2026, 12, 1, 7, 0),
        "ends_at": _at(2026, 12, 1, 8, 30),
        "over": True,
    },
    {
        "title": "",
        "starts_at": _at(2026, 12, 2, 7, 0),
        "ends_at": _at(2026, 12, 2, 8, 30),
        "running": State("running", "Running now"),
    },
    {
        "title": "Field visit and closing",
        "starts_at": _at(2026, 12, 3, 22, 0),
        "ends_at": _at(2026, 12, 4, 0, 30),
    },
]

SAMPLE_SESSION: dict[str, Any] = {
    "self_paced": False,
    "cancelled_at": None,
    "registration_opens_at": None,
    "places": 40,
    "places_taken": 0,
    "waiting_count": 0,
    "admission": Session.Admission.OPEN,
    "eligibility": Session.Eligibility.EVERYONE,
    "members_first_until": None,
    "timezone": "UTC",
}

PEOPLE = [
    ("Amina Diallo", "Director of Mobility", "Dakar"),
    ("김서연", "Team leader, Smart City", "Seoul"),
    ("ليلى حسن", "رئيسة قسم المياه", "Cairo"),
    ("Żaneta Wójcik-Łęcka", "Deputy Mayor", ""),
]

FILTERS = [
    SimpleNamespace(value="webinar", text="Webinar", count=24, chosen=True),
    SimpleNamespace(value="online_course", text="Online course", count=9, chosen=False),
    SimpleNamespace(value="in_person_program", text="In-person program", count=0, chosen=False),
]

LETTERS = [
    SimpleNamespace(
        url="#",
        subject="You have a place: Water after the flood",
        to="amina.diallo@example.org",
        at=_at(2026, 11, 24, 9, 12),
        state="Sent",
    ),
    SimpleNamespace(
        url="#",
        subject="تذكير: الدورة تبدأ غدًا",
        to="layla.hassan@example.org",
        at=_at(2026, 11, 23, 6, 0),
        state="",
    ),
]


@login_not_required
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Shows every part of the design. 404 for the public: it is a workshop, not a page of the station."""
    if not settings.DEBUG and not (request.user.is_staff and not second_factor_missing(request.user)):
        raise Http404
    if request.GET.get("dir") == "rtl":
        direction = "rtl"
    else:
        direction = "ltr"
    return render(request, "pages/design/gallery.html", sample_context() | {"gallery_direction": direction})


def sample_context() -> dict[str, object]:
    """The invented things that the gallery shows."""
    cards = [card | {"cover_url": cover_of(card)} for card in CARDS]
    # A picture cannot be invented: it is shown where the station has one.
    pictured = Activity.objects.published().exclude(picture_key="").first()
    if pictured:
        cards[0]["picture_url"] = pictured.picture_url
    return {
        "cards": cards,
        "pictured": pictured,
        "meetings": MEETINGS,
        "people": PEOPLE,
        "states": sample_states(),
        "filters": FILTERS,
        "letters": LETTERS,
        "chips": [("Webinar", "?"), ("Water management", "?"), ("In French", "?")],
        "facts": [
            ("Host", "MITI, Seoul headquarters"),
            ("Languages", "English"),
            ("Places", "40"),
            ("Fee", ""),
        ],
        "steps": [
            ("Write your idea", "In one sitting or several: nothing is lost."),
            ("The secretariat reads it", "You can follow each step."),
            ("You hear an answer", "With reasons, whatever it is."),
        ],
        "page": Paginator(range(143), 12).page(4),
        "form": SampleForm(),
        "form_with_errors": SampleForm({"email": "amina@", "name": "", "country": ""}, prefix="wrong"),
        "crumbs": [("Home", "#"), ("Activities", "#")],
    }


def sample_states() -> list[State | OwnState]:
    """Each that a session can be in, and what it can be to the reader: in the words that pages use."""
    now, hour, day = _at(2026, 12, 2, 8), timedelta(hours=1), timedelta(days=1)

    def session(*hours: Hours, **more: object) -> Any:
        hours = hours or ((now + day, now + day + hour),)
        return SimpleNamespace(**(SAMPLE_SESSION | session_hours(hours) | more))

    sessions = [
        session(),
        session(places_taken=37),
        session(eligibility=Session.Eligibility.MEMBERS_ONLY),
        session(eligibility=Session.Eligibility.INVITED),
        session(places_taken=40, waiting_count=2),
        session(registration_opens_at=now + hour),
        session(closes_at=now - hour),
        session(cancelled_at=now),
        session((now - hour, now + hour)),
        session((now - day, now - day + hour), (now + day, now + day + hour)),
        session((now - day, now - day + hour)),
    ]
    own = [
        own_state(INVITED, 0),
        own_state(Registration.State.CONFIRMED, 0),
        own_state(Registration.State.WAITING, 3),
    ]
    return [*(state_of(sample, now) for sample in sessions), *own]


def session_hours(hours: Sequence[Hours]) -> dict[str, object]:
    starts_at, ends_at = hours[0][0], hours[-1][1]
    return {"hours": hours, "starts_at": starts_at, "ends_at": ends_at, "closes_at": starts_at}


def cover_of(card: dict[str, Any]) -> str:
    """Within the page: what is invented has no address."""
    svg = cover_svg(slug=card["slug"], format=card["format"], topics=card["topics"], host=card["host"])
    return f"data:image/svg+xml,{quote(svg)}"
