from datetime import date

from django.utils import timezone
from django.utils.text import slugify

from catalog.actions import refresh_many
from catalog.models import Activity, Topic
from hubs.models import Host

from .tables import rows_of


def load_history() -> int:
    """The past activities that sources attest, with their real titles. What no source says stays empty."""
    hosts = {host.slug: host for host in Host.objects.all()}
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    there = set(Activity.objects.values_list("slug", flat=True))
    added = []
    for row in rows_of("past_activities.csv"):
        slug = slugify(row["title"])[:120].rstrip("-")
        if slug in there:
            continue
        partners = [partner for partner in row["partners"].split(";") if partner]
        host = hosts.get(row["host_slug"])
        activity = Activity.objects.create(
            slug=slug,
            title_en=row["title"],
            format=row["format"],
            host=host,
            offered_by="" if host else partners[0],
            summary_en=". ".join(sentence_case(part) for part in (row["kind_note"], row["size_note"]) if part)
            + ".",
            languages=row["languages"].split(";") if row["languages"] else [],
            partners=partners if host else partners[1:],
            held_on=day_of(row["starts_on"]),
            held_until=day_of(row["ends_on"]),
            held_note=row["note"],
            source=row["source"],
            published_at=timezone.now(),
        )
        activity.topics.set(topics[slug] for slug in row["topic_slugs"].split(";") if slug)
        added.append(activity.pk)
    refresh_many(added)
    return len(added)


def sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def day_of(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
