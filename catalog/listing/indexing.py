"""What search knows of an activity: three statements for any number of activities.

The index holds the words of all texts, cut by tokenizing.py: by their stems in the language they are written in, and
as they stand. Weights, best first: A the title; B summary, topics, host and city, with what these are called in other
languages; C speakers and partners; D the description, and the names of its format and of its certificate.
"""

# ruff: noqa: S608 - statements are put together from names of ours; what people ask travels as parameters

from collections.abc import Iterator
from typing import Any

from django.db import connection

from accounts.models import Organization

from ..models import Activity
from .other_names import names_of_format, names_of_host, names_of_topic
from .tokenizing import in_arabic_letters, is_unspaced, terms

# The languages that staff write in. Arabic words are stemmed too, wherever they stand.
CONFIGURATIONS = {"en": "english", "fr": "french", "es": "spanish"}
STEMMERS = {**CONFIGURATIONS, "ar": "arabic"}
WEIGHTS = "ABCD"
# Raised when the same texts are to be indexed otherwise. What an older rule wrote is then indexed anew by `migrate`.
RULE = 2
AT_ONCE = 500


def reindex(ids: list[int]) -> None:
    """Write the search vectors of these activities, and remember the words of those that are published."""
    for start in range(0, len(ids), AT_ONCE):
        reindex_some(ids[start : start + AT_ONCE])


def reindex_some(ids: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(TEXTS, [ids])
        columns = [column.name for column in cursor.description]
        rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
        if not rows:
            return
        indexed = [Indexed(row) for row in rows]
        columns_of_all = zip(*(activity.columns() for activity in indexed), strict=True)
        cursor.execute(REINDEX, [[activity.id for activity in indexed], *map(list, columns_of_all)])
        words = sorted({word for activity in indexed if activity.public for word in activity.words()})
        cursor.execute(REMEMBER, [words])


def reindex_what_an_older_rule_wrote(**signal: object) -> None:
    """After `migrate`, which is how a new rule arrives."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM catalog_activity WHERE indexed_by < %s ORDER BY id", [RULE])
        reindex([pk for (pk,) in cursor.fetchall()])


def reindex_hosts_of(organization: Organization) -> None:
    """What the hosts of this organization teach: its city is called otherwise now."""
    reindex(list(Activity.objects.filter(host__organization=organization).values_list("pk", flat=True)))


class Indexed:
    """The texts of one activity, cut: `parts["A"]["en"]` are the terms of its title in English."""

    def __init__(self, texts: dict[str, Any]):
        self.id, self.public = texts["id"], texts["public"]
        names = {
            "B": " ; ".join(
                [
                    *map(names_of_topic, texts["topic_slugs"] or ()),
                    names_of_host(texts["host_slug"]),
                    texts["city_names"] or "",
                ]
            ),
            "D": names_of_format(texts["format"], with_certificate=texts["has_certificate"]),
        }
        self.parts = {
            weight: {
                **{language: terms(texts[f"{weight}_{language}"] or "") for language in CONFIGURATIONS},
                "names": terms(names.get(weight, "")),
            }
            for weight in WEIGHTS
        }

    def columns(self) -> Iterator[str]:
        """For each weight: its terms in each language that is stemmed, then all of them as they stand."""
        for weight in WEIGHTS:
            parts = self.parts[weight]
            every = [term for part in parts.values() for term in part]
            stemmed = [*(parts[language] for language in CONFIGURATIONS), in_arabic_letters(every)]
            yield from map(" ".join, [*stemmed, every])

    def words(self) -> Iterator[str]:
        """What a mistyped word may be corrected to."""
        for parts in self.parts.values():
            for part in parts.values():
                yield from (
                    word for word in part if 3 <= len(word) <= 40 and word.isalpha() and not is_unspaced(word)
                )


def in_each_language(expression: str) -> str:
    """The expression once per language, with `@` for the language's code."""
    return ", ".join(expression.replace("@", language) for language in CONFIGURATIONS)


TOPICS = f"""
SELECT array_agg(t.slug) AS slugs, {in_each_language("string_agg(t.name_@, ' ; ') AS @")}
FROM catalog_activity_topics link JOIN catalog_topic t ON t.id = link.topic_id WHERE link.activity_id = a.id
"""

# Names are the same in each language; counted thrice they would outweigh what is said in one. The tables are named, since
# their room stands above. Who did not agree to be named is not found.
SPEAKERS = """
SELECT string_agg(concat_ws(' ; ', s.name, coalesce(nullif(there.organization, ''), s.organization), there.role_en), ' ; ')
        AS en,
    string_agg(there.role_fr, ' ; ') AS fr, string_agg(there.role_es, ' ; ') AS es
FROM speakers_appearance there JOIN speakers_speaker s ON s.id = there.speaker_id
WHERE there.activity_id = a.id AND s.consented_on IS NOT NULL
"""

TEXTS = f"""
SELECT a.id, a.published_at IS NOT NULL AND a.withdrawn_at IS NULL AS public,
    a.format, topics.slugs AS topic_slugs, h.slug AS host_slug,
    concat({in_each_language("a.certificate_rule_@")}) <> '' AS has_certificate,
    (SELECT string_agg(n.name, ' ; ') FROM accounts_organizationname n WHERE n.organization_id = h.organization_id)
        AS city_names,
    {in_each_language('a.title_@ AS "A_@"')},
    concat_ws(' ; ', a.summary_en, topics.en, h.name_en, h.city_en, a.offered_by) AS "B_en",
    concat_ws(' ; ', a.summary_fr, topics.fr, h.name_fr, h.city_fr) AS "B_fr",
    concat_ws(' ; ', a.summary_es, topics.es, h.name_es, h.city_es) AS "B_es",
    concat_ws(' ; ', speakers.en, array_to_string(a.partners, ' ; ')) AS "C_en",
    speakers.fr AS "C_fr",
    speakers.es AS "C_es",
    {in_each_language("concat_ws(' ; ', a.description_@, a.certificate_rule_@) AS \"D_@\"")}
FROM catalog_activity a
LEFT JOIN hubs_host h ON h.id = a.host_id
CROSS JOIN LATERAL ({TOPICS}) topics
CROSS JOIN LATERAL ({SPEAKERS}) speakers
WHERE a.id = ANY(%s)
"""


def vector(weight: str) -> str:
    stems = [f"to_tsvector('{configuration}', {weight}_{code})" for code, configuration in STEMMERS.items()]
    return f"setweight({' || '.join([*stems, f"to_tsvector('simple', {weight}_every)"])}, '{weight}')"


TEXT_COLUMNS = [f"{weight}_{part}" for weight in WEIGHTS for part in (*STEMMERS, "every")]

REINDEX = f"""
UPDATE catalog_activity SET search_vector = {" || ".join(vector(weight) for weight in WEIGHTS)}, indexed_by = {RULE}
FROM unnest(%s::bigint[], {", ".join("%s::text[]" for _column in TEXT_COLUMNS)}) texts (id, {", ".join(TEXT_COLUMNS)})
WHERE texts.id = catalog_activity.id
"""

REMEMBER = "INSERT INTO catalog_word (text) SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING"
