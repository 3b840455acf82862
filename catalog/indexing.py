"""What search knows of an activity: written by one statement for any number of activities.

The index holds the words of the three languages without their accents, by their stems in the language they are written
in and as they stand. Weights, best first: A the title; B summary, topics and host; C speakers and partners; D the
description.
"""

# ruff: noqa: S608 - statements are put together from names of ours; what people ask travels as parameters

from django.db import connection

CONFIGURATIONS = {"en": "english", "fr": "french", "es": "spanish"}
WEIGHTS = "ABCD"


def reindex(ids: list[int]) -> None:
    """Write the search vectors of these activities, and remember the words of those that are published."""
    with connection.cursor() as cursor:
        cursor.execute(REINDEX, {"ids": ids})


def in_each_language(expression: str) -> str:
    """The expression once per language, with `@` for the language's code."""
    return ", ".join(expression.replace("@", language) for language in CONFIGURATIONS)


def translated(column: str) -> str:
    """A name that has no translation is known by its English form."""
    return f"coalesce(nullif({column}_@, ''), {column}_en)"


def all_languages(weight: str) -> str:
    return f"concat_ws(' ', {in_each_language(f'{weight}_@')})"


def vector(weight: str) -> str:
    stems = [
        f"to_tsvector('{configuration}', unaccent({weight}_{language}))"
        for language, configuration in CONFIGURATIONS.items()
    ]
    as_they_stand = f"to_tsvector('simple', unaccent({all_languages(weight)}))"
    return f"setweight({' || '.join([*stems, as_they_stand])}, '{weight}')"


TOPICS = f"""
SELECT {in_each_language(f"string_agg({translated('t.name')}, ' ') AS @")}
FROM catalog_activity_topics link JOIN catalog_topic t ON t.id = link.topic_id WHERE link.activity_id = a.id
"""

SPEAKERS = f"""
SELECT {in_each_language("string_agg(concat_ws(' ', s.name, s.organization, s.role_@), ' ') AS @")}
FROM catalog_speaker s WHERE s.activity_id = a.id
"""

HOST = f"{translated('h.name')}, {translated('h.city')}, a.offered_by"

REINDEX = f"""
WITH texts AS MATERIALIZED (
    SELECT a.id,
        a.published_at IS NOT NULL AND a.withdrawn_at IS NULL AS public,
        {in_each_language("coalesce(a.title_@, '') AS A_@")},
        {in_each_language(f"concat_ws(' ', a.summary_@, topics.@, {HOST}) AS B_@")},
        {in_each_language("concat_ws(' ', speakers.@, array_to_string(a.partners, ' ')) AS C_@")},
        {in_each_language("coalesce(a.description_@, '') AS D_@")}
    FROM catalog_activity a
    LEFT JOIN hubs_host h ON h.id = a.host_id
    CROSS JOIN LATERAL ({TOPICS}) topics
    CROSS JOIN LATERAL ({SPEAKERS}) speakers
    WHERE a.id = ANY(%(ids)s)
), indexed AS (
    UPDATE catalog_activity SET search_vector = {" || ".join(vector(weight) for weight in WEIGHTS)}
    FROM texts WHERE texts.id = catalog_activity.id
)
INSERT INTO catalog_word (text)
SELECT DISTINCT word
FROM texts, unnest(tsvector_to_array(
    to_tsvector('simple', unaccent(concat_ws(' ', {", ".join(all_languages(weight) for weight in WEIGHTS)})))
)) word
WHERE public AND word ~ '^[[:alpha:]]{{3,40}}$'
ORDER BY word
ON CONFLICT DO NOTHING
"""
