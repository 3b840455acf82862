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


def in_all_languages(weight: str) -> str:
    return f"concat_ws(' ', {in_each_language(f'{weight}_@')})"


def vector(weight: str) -> str:
    stems = [
        f"to_tsvector('{configuration}', unaccent({weight}_{language}))"
        for language, configuration in CONFIGURATIONS.items()
    ]
    as_they_stand = f"to_tsvector('simple', unaccent({in_all_languages(weight)}))"
    return f"setweight({' || '.join([*stems, as_they_stand])}, '{weight}')"


TOPICS = f"""
SELECT {in_each_language("string_agg(t.name_@, ' ') AS @")}
FROM catalog_activity_topics link JOIN catalog_topic t ON t.id = link.topic_id WHERE link.activity_id = a.id
"""

# Names are the same in each language; counted thrice they would outweigh what is said in one.
SPEAKERS = """
SELECT string_agg(concat_ws(' ', s.name, s.organization, s.role_en), ' ') AS en,
    string_agg(s.role_fr, ' ') AS fr, string_agg(s.role_es, ' ') AS es
FROM catalog_speaker s WHERE s.activity_id = a.id
"""

REINDEX = f"""
WITH texts AS MATERIALIZED (
    SELECT a.id,
        a.published_at IS NOT NULL AND a.withdrawn_at IS NULL AS public,
        {in_each_language("coalesce(a.title_@, '') AS A_@")},
        concat_ws(' ', a.summary_en, topics.en, h.name_en, h.city_en, a.offered_by) AS B_en,
        concat_ws(' ', a.summary_fr, topics.fr, h.name_fr, h.city_fr) AS B_fr,
        concat_ws(' ', a.summary_es, topics.es, h.name_es, h.city_es) AS B_es,
        concat_ws(' ', speakers.en, array_to_string(a.partners, ' ')) AS C_en,
        coalesce(speakers.fr, '') AS C_fr,
        coalesce(speakers.es, '') AS C_es,
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
    to_tsvector('simple', unaccent(concat_ws(' ', {", ".join(in_all_languages(weight) for weight in WEIGHTS)})))
)) word
WHERE public AND word ~ '^[[:alpha:]]{{3,40}}$'
ORDER BY word
ON CONFLICT DO NOTHING
"""
