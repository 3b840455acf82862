"""What is done with speakers: named at an activity, agreed to be named, pictured, forgotten."""

from collections.abc import Mapping
from datetime import date

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q

from accounts.models import User
from catalog.actions import refresh_many
from catalog.models import Activity
from desk.alphabet import plain
from hubs.models import Host
from page_cache import new_edition
from pictures.small import key_of

from .errors import IsGone
from .models import Appearance, Portrait, Speaker

NO_NAME = "…"


@transaction.atomic
def speaker_of(*, host: Host | None, name: str, organization: str, by: User | None) -> Speaker:
    """Who is certainly meant: the one speaker of this host with this name and organization. Else somebody new."""
    alike = [
        known
        for known in Speaker.objects.filter(host=host).order_by("pk")
        if (plain(known.name), plain(known.organization)) == (plain(name), plain(organization))
    ]
    if host and len(alike) == 1:
        return alike[0]
    return Speaker.objects.create(host=host, name=name, organization=organization)


@transaction.atomic
def name_at(
    *,
    activity: Activity,
    speaker: Speaker,
    roles: Mapping[str, str],
    organization: str = "",
    position: int = 0,
    by: User | None,
) -> Appearance:
    """`roles` by language. The search index follows with `catalog.actions.refresh`."""
    appearance = Appearance(activity=activity, speaker=speaker, organization=organization, position=position)
    for code, role in roles.items():
        setattr(appearance, f"role_{code}", role)
    appearance.save()
    new_edition()
    return appearance


@transaction.atomic
def note_consent(*, speaker: Speaker, on: date, how: str, by: User | None) -> None:
    """From now on public pages name this person."""
    speaker.consented_on, speaker.consent_how, speaker.consent_noted_by = on, how, by
    speaker.save(update_fields=["consented_on", "consent_how", "consent_noted_by"])
    after_change(speaker=speaker)


@transaction.atomic
def set_portrait(*, speaker: Speaker, picture: bytes | None, by: User | None) -> None:
    """A picture made by pictures/small.py in place of the one there was, or none."""
    Portrait.objects.filter(speaker=speaker).delete()
    if picture:
        Portrait.objects.create(speaker=speaker, webp=picture)
    speaker.portrait_key = key_of(picture) if picture else ""
    speaker.save(update_fields=["portrait_key"])
    new_edition()


@transaction.atomic
def after_change(*, speaker: Speaker) -> None:
    """Search and pages follow what is said of a speaker, in every activity."""
    refresh_many(speaker.appearances.values_list("activity", flat=True))


@transaction.atomic
def forget_speaker(*, speaker: Speaker, by: User | None) -> int:
    """Take name, words and picture out everywhere, also of the history. Answers at how many activities; they stay as they
    are but for this. Raises IsGone."""
    locked = Speaker.objects.select_for_update(of=("self",)).filter(pk=speaker.pk).first()
    if locked is None:
        raise IsGone
    activities = set(locked.appearances.values_list("activity", flat=True))
    there = [str(pk) for pk in locked.appearances.values_list("pk", flat=True)]
    there += gone_before(locked)
    locked.delete()
    forget_history(Speaker, [str(speaker.pk)])
    forget_history(Appearance, there)
    refresh_many(activities)
    return len(activities)


def gone_before(speaker: Speaker) -> list[str]:
    """Where the person was named once, and is no more: only the history knows."""
    kind = ContentType.objects.get_for_model(Appearance)
    entries = LogEntry.objects.filter(content_type=kind)
    named = entries.filter(Q(changes__speaker__0=str(speaker.pk)) | Q(changes__speaker__1=str(speaker.pk)))
    return list(named.values_list("object_pk", flat=True))


def forget_history(model: type[Speaker | Appearance], numbers: list[str]) -> None:
    """What was done and when stays; what it was called goes. What fields said was never written down (audit.py)."""
    entries = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(model), object_pk__in=numbers
    )
    entries.update(object_repr=NO_NAME)
