"""What is alike: activities, past and coming, and proposals whose proposers want others to know of them."""

from dataclasses import dataclass

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from catalog.listing.indexing import CONFIGURATIONS
from catalog.listing.tokenizing import tokenize
from catalog.models import Activity

from .models import Proposal

ENOUGH = 0.3  # of 1: how alike titles must be
MOST = 4
CANDIDATES = 300
SHORTEST = 4


@dataclass(frozen=True)
class Alike:
    """An activity has a page (`url`). A proposal has none for others: its number (`code`) is what one asks for it by."""

    title: str
    note: str
    url: str
    code: str
    likeness: float


def alike(title: str, *, but: str = "") -> list[Alike]:
    """The most alike first, at most four, without the proposal that has the number `but`.

    In three statements, however much there is.
    """
    title = " ".join(tokenize(title))
    if len(title) < SHORTEST:
        return []
    matches = [*activities(title), *proposals(title, but)]
    return sorted(matches, key=lambda match: -match.likeness)[:MOST]


def activities(title: str) -> list[Alike]:
    with connection.cursor() as cursor:
        cursor.execute(FIND, {"title": title, "enough": ENOUGH, "most": MOST})
        likeness = dict(cursor.fetchall())
    return [
        Alike(activity.title, activity.host_name, activity.get_absolute_url(), "", likeness[activity.pk])
        for activity in Activity.objects.published().filter(pk__in=likeness).select_related("host")
    ]


def proposals(title: str, but: str) -> list[Alike]:
    """Of what others may know: title and aim, and nothing that tells who."""
    public: QuerySet[Proposal] = Proposal.objects.shown_to_others().exclude(code=but.upper())
    near = public.annotate(likeness=TrigramWordSimilarity(title, "title")).filter(likeness__gte=ENOUGH)
    return [
        Alike(
            proposal.title,
            _("Proposed, not decided yet: %(aim)s") % {"aim": proposal.aim},
            "",
            proposal.code,
            proposal.likeness,
        )
        for proposal in near.order_by("-likeness")[:MOST]
    ]


# The index of words finds those that share one; trigrams tell how alike their titles are.
FIND = f"""
WITH asked AS (
    SELECT %(title)s AS words,
        replace(({
    " || ".join(f"plainto_tsquery('{configuration}', %(title)s)" for configuration in CONFIGURATIONS.values())
})::text, '&', '|')::tsquery AS query
)
SELECT id, likeness FROM (
    SELECT id, greatest({
    ", ".join(
        f"word_similarity(asked.words, lower(unaccent(coalesce(title_{code}, '')))), "
        f"similarity(asked.words, lower(unaccent(coalesce(title_{code}, ''))))"
        for code in CONFIGURATIONS
    )
}) AS likeness
    FROM asked, LATERAL (
        SELECT id, title_en, title_fr, title_es FROM catalog_activity
        WHERE published_at IS NOT NULL AND withdrawn_at IS NULL AND search_vector @@ asked.query
        LIMIT {CANDIDATES}
    ) candidate
) alike
WHERE likeness >= %(enough)s
ORDER BY likeness DESC, id LIMIT %(most)s
"""  # noqa: S608 - put together from names of ours; what people type travels as a parameter
