"""Speakers at what is coming whom public pages do not name, since nobody noted that they agreed."""

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.models import User
from catalog.models import Activity
from desk.alphabet import Alphabetical
from desk.attention import Card, Line, Waiting, needs_a_person
from hubs.scope import in_scope

from .models import Speaker


def ask_for_attention() -> None:
    needs_a_person("speakers", not_agreed, permission="speakers.view_speaker")


def not_agreed(person: User, now: datetime) -> Card:
    coming = Activity.objects.upcoming(now).filter(speakers__speaker=OuterRef("pk"))
    speakers = in_scope(Speaker.objects.filter(Exists(coming), consented_on=None), person, host="host")
    page = reverse("admin:speakers_speaker_changelist")
    return Card(
        _("Speakers who are not named yet"),
        _("All who speak at what is coming agreed to be named."),
        [Waiting(speakers.order_by(Alphabetical("name"), "pk"), line_of)],
        f"{page}?{urlencode({'agreed': 'no'})}",
        _("All who did not agree"),
    )


def line_of(speaker: Speaker) -> Line:
    return Line(
        reverse("admin:speakers_speaker_change", args=[speaker.pk]),
        speaker.name,
        speaker.organization,
        badge=_("not agreed"),
        tone="warning",
    )
