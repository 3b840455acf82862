"""How a person's words are understood: what to look for, and what they probably meant where a word is mistyped."""

# ruff: noqa: S608 - statements are put together from names of ours; what people ask travels as parameters

import unicodedata
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F

from .indexing import CONFIGURATIONS
from .prepared import fetch

LONGEST_QUESTION = 200
MOST_WORDS = 12
# Shorter words are taken as they stand: too much begins with “re”.
SHORTEST_PREFIX = 3
MOST_NEIGHBORS = 20


class Ready(SearchQuery):
    """What is a tsquery already, and so needs no work for each row."""

    template = "(%(expressions)s)::tsquery"


@dataclass(frozen=True)
class Search:
    """`text` is what is looked for; it differs from what was asked where a word was corrected or says little."""

    text: str
    corrected: bool
    expression: str  # a tsquery in PostgreSQL's own words

    @property
    def query(self) -> SearchQuery:
        return Ready(self.expression)

    def rank(self, vector: str) -> SearchRank:
        return SearchRank(F(vector), self.query, cover_density=True)


def understand(asked: str) -> Search | None:
    """What to look for, in one statement. None when there is no word in it."""
    words = split(asked)
    if not words:
        return None
    asked_for = {"words": words, "shortest_prefix": SHORTEST_PREFIX}
    known = [Known(*row) for row in fetch(UNDERSTAND, asked_for)]
    telling = [word for word in known if not word.says_little] or known
    found = [word.corrected() for word in telling]
    return Search(
        text=" ".join(text for text, _expression, _corrected in found),
        corrected=any(corrected for _text, _expression, corrected in found),
        expression=" & ".join(f"({expression})" for _text, expression, _corrected in found),
    )


def split(text: str) -> list[str]:
    """The words of any text: letters, figures and the marks on them. The rest only separates."""
    text = unicodedata.normalize("NFKC", text[:LONGEST_QUESTION])
    spaced = "".join(char if char.isalnum() or unicodedata.category(char)[0] == "M" else " " for char in text)
    return spaced.split()[:MOST_WORDS]


@dataclass(frozen=True)
class Known:
    """A word as it was typed, and as the database knows it: small and without accents."""

    typed: str
    text: str
    expression: str
    says_little: bool
    has_matches: bool
    near: list[str]
    near_expressions: list[str]

    def corrected(self) -> tuple[str, str, bool]:
        """The word, its tsquery, and whether it is another one than was typed."""
        if not self.has_matches:
            near = sorted(
                (edits(self.text, word), position, word)
                for position, word in enumerate(self.near)
                if edits(self.text, word) <= allowed_edits(self.text)
            )
            if near:
                _edits, position, word = near[0]
                return word, self.near_expressions[position], True
        return self.typed, self.expression, False


def allowed_edits(word: str) -> int:
    return 1 if len(word) < 5 else 2 if len(word) < 10 else 3


def edits(one: str, other: str) -> int:
    """How many letters to add, drop, change or swap with their neighbor (optimal string alignment)."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, its in enumerate(other, 1):
            row.append(min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != its)))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its:
                row[j] = min(row[j], rows[-2][j - 2] + 1)
        rows.append(row)
    return rows[-1][-1]


def looked_for(word: str) -> str:
    """SQL: the tsquery of one word: as it begins, and by its stem in each language."""
    stems = [f"plainto_tsquery('{configuration}', {word})" for configuration in CONFIGURATIONS.values()]
    beginning = (
        f"to_tsquery('simple', quote_literal({word}) || "
        f"CASE WHEN length({word}) >= %(shortest_prefix)s THEN ':*' ELSE '' END)"
    )
    return f"({' || '.join([beginning, *stems])})"


PUBLISHED = "published_at IS NOT NULL AND withdrawn_at IS NULL"

# A word that is a stop word in one of the languages says little. Where a word matches nothing, its neighbors are those that
# share enough trigrams (an index knows them), and those of nearly its length that share a few (“gneder”, “agau”).
UNDERSTAND = f"""
SELECT w.typed, w.text, w.query::text, w.says_little, w.has_matches,
    coalesce(near.words, '{{}}'), coalesce(near.queries, '{{}}')
FROM (
    SELECT position, typed, word AS text, query,
        length(word) = 1 AND word ~ '[a-z]' OR {
    " OR ".join(f"to_tsvector('{configuration}', word) = ''" for configuration in CONFIGURATIONS.values())
} AS says_little,
        EXISTS (SELECT FROM catalog_activity WHERE {PUBLISHED} AND search_vector @@ query) AS has_matches
    FROM (
        SELECT position, typed, word, {looked_for("word")} AS query
        FROM (
            SELECT position, typed, lower(unaccent(typed)) AS word
            FROM unnest(%(words)s::text[]) WITH ORDINALITY AS typed (typed, position)
        ) plain
    ) asked
) w
LEFT JOIN LATERAL (
    SELECT array_agg(n.text ORDER BY n.likeness DESC, n.text) AS words,
        array_agg(n.query::text ORDER BY n.likeness DESC, n.text) AS queries
    FROM (
        SELECT text, likeness, {looked_for("alike.text")} AS query FROM (
            (SELECT text, similarity(text, w.text) AS likeness FROM catalog_word
            WHERE catalog_word.text %% w.text ORDER BY likeness DESC, text LIMIT {MOST_NEIGHBORS})
            UNION
            (SELECT text, similarity(text, w.text) AS likeness FROM catalog_word
            WHERE length(text) BETWEEN length(w.text) - 1 AND length(w.text) + 1
            AND similarity(text, w.text) > 0.15 ORDER BY likeness DESC, text LIMIT {MOST_NEIGHBORS})
        ) alike
    ) n
    WHERE NOT w.has_matches AND NOT w.says_little
    AND EXISTS (SELECT FROM catalog_activity WHERE {PUBLISHED} AND search_vector @@ n.query)
) near ON true
ORDER BY w.position
"""
