from catalog.models import Topic

from .tables import DATA, in_each_language, rows_of, texts_of


def load_topics() -> int:
    descriptions = texts_of(DATA / "topics.toml")
    added = 0
    for position, row in enumerate(rows_of("topics.csv"), start=1):
        names = {language: row[f"name_{language}"] for language in ("en", "fr", "es")}
        _topic, is_new = Topic.objects.get_or_create(
            slug=row["slug"],
            defaults={
                "position": position,
                **in_each_language("name", names),
                **in_each_language("description", descriptions[row["slug"]]["description"]),
            },
        )
        added += is_new
    return added
