"""Every title, pasted whole into the search box, finds its activity as it was typed, in each of its languages."""

from pathlib import Path

import pytest
from django.utils import timezone

from catalog.actions import refresh_many
from catalog.listing.search import understand
from catalog.models import Activity
from demo.specs import activity_specs
from learning_station.facts.tables import rows_of

pytestmark = pytest.mark.django_db

OURS = [
    line
    for line in (Path(__file__).parent / "titles.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("# ")
]


def published(titles: list[dict[str, str]]) -> None:
    """An activity for each of the titles, given in some languages. The slug is their place in the list."""
    made = Activity.objects.bulk_create(
        Activity(
            slug=str(number),
            format="webinar",
            offered_by="x",
            published_at=timezone.now(),
            **{f"title_{language}": text for language, text in title.items()},
        )
        for number, title in enumerate(titles)
    )
    refresh_many([activity.pk for activity in made])


def not_found(titles: list[dict[str, str]]) -> list[tuple[str, str]]:
    """The titles that do not find their activity, with what was looked for instead."""
    missed = []
    for number, title in enumerate(titles):
        for text in title.values():
            search = understand(text)
            is_found = (
                search and Activity.objects.filter(slug=str(number), search_vector=search.query).exists()
            )
            if not is_found or search.corrected or search.dropped:
                missed.append((text, search.text if search else ""))
    return missed


def test_all_titles_of_the_station_are_found_in_each_of_their_languages():
    titles = [spec["title"] for spec in activity_specs()] + [
        {"en": row["title"]} for row in rows_of("past_activities.csv")
    ]
    published(titles)
    assert sum(len(title) for title in titles) > 100
    assert not_found(titles) == []


def test_titles_with_figures_signs_marks_and_other_scripts_are_found():
    assert len(OURS) >= 60
    titles = [{"en": title} for title in OURS]
    published(titles)
    assert not_found(titles) == []
