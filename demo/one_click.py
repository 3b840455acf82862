"""Those whom one can sign in as in the demonstration, by the addresses of content/people.toml."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Part(NamedTuple):
    key: str
    email: str
    title: Promise
    text: Promise


OFFICIAL = Part(
    "official",
    "nyokabi.mwandawiro@nairobi-city-county.example.org",
    _("An official of a city"),
    _("Looks for a session, registers, follows the letters and the calendar."),
)
COORDINATOR = Part(
    "coordinator",
    "arin.seomun@seoul.example.org",
    _("The coordinator in Seoul"),
    _("Runs the activities of one host, and sees no other."),
)
SECRETARIAT = Part(
    "secretariat",
    "martina.cabestany@station.example.org",
    _("The secretariat"),
    _("Runs the whole station: activities, registrations, letters, people."),
)
HELPER = Part(
    "helper",
    "abla.kpodzro@accra.example.org",
    _("A helper at a session"),
    _("Notes who is there, at the one session that runs now, and sees nothing else of the desk."),
)
FOCAL_POINT = Part(
    "focal_point",
    "clarisse.ehouman@abidjan.example.org",
    _("The focal point of a city"),
    _("Says who is of the city, and sees which sessions its people are registered for."),
)
PARTS = (OFFICIAL, COORDINATOR, SECRETARIAT, HELPER, FOCAL_POINT)
