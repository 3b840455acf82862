"""How a person's words are understood: what to look for, and what they probably meant where a word is mistyped.

Three things may happen to a word that was asked, each told on the page: it is corrected to a neighbor that some activity
has; it is left out, because nothing has all the words together; or it is ignored in silence, being one of those that every
text has (“the”, “de”).
"""

# ruff: noqa: S608 - statements are put together from names of ours; what people ask travels as parameters

from dataclasses import dataclass
from string import punctuation

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F

from .dictionaries import is_in_a_dictionary
from .indexing import CONFIGURATIONS, STEMMERS
from .prepared import fetch
from .tokenizing import is_unspaced, pairs, script, tokenize

LONGEST_QUESTION = 200
MOST_WORDS = 12
# Shorter words are taken as they stand: too much begins with “re”.
SHORTEST_PREFIX = 3
SHORTEST_CORRECTED = 4
MOST_NEIGHBORS = 20


class RawTsquery(SearchQuery):
    """What is a tsquery already, and so needs no work for each row."""

    template = "(%(expressions)s)::tsquery"


@dataclass(frozen=True)
class Search:
    """`text` is what is looked for; it differs from what was asked where a word was corrected, left out or says little."""

    text: str
    corrected: bool
    expression: str  # a tsquery in PostgreSQL's own words
    dropped: tuple[str, ...] = ()  # the words that were left out, as they were typed

    @property
    def query(self) -> SearchQuery:
        return RawTsquery(self.expression)

    def rank(self, vector: str) -> SearchRank:
        return SearchRank(F(vector), self.query, cover_density=True)


def understand(asked: str) -> Search | None:
    """What to look for, in one statement; in two where not all the words are found together.

    None when there is no word in it.
    """
    words = split(asked)
    if not words:
        return None
    known = [
        TypedWord(typed, text, *row)
        for (typed, text), row in zip(words, fetch(UNDERSTAND, parameters(words)), strict=True)
    ]
    telling = [word for word in known if not word.is_stop_word] or known
    sought = [word.corrected() for word in telling]
    searched = (
        sought if all(word.has_matches for word in telling) and telling[0].all_match else most_of(sought)
    )
    return Search(
        text=" ".join(word.text for word in searched),
        corrected=any(word.is_corrected for word in searched),
        expression=" & ".join(f"({word.expression})" for word in searched),
        dropped=tuple(word.typed for word in sought if word not in searched),
    )


def split(text: str) -> list[tuple[str, str]]:
    """The words of a question, each as it was typed and as it is looked for."""
    words: list[tuple[str, str]] = []
    for written in text[:LONGEST_QUESTION].split():
        parts = tokenize(written)
        typed = [written.strip(AROUND_WORDS)] if len(parts) == 1 else parts
        words += zip(typed, parts, strict=True)
    return words[:MOST_WORDS]


AROUND_WORDS = punctuation + "«»‹›“”„‘’‚…–—¿¡、。！？，؟،؛"


def parameters(words: list[tuple[str, str]]) -> dict[str, object]:
    texts = [text for _typed, text in words]
    return {
        "words": texts,
        "terms": [" ".join(pairs(text)) if is_unspaced(text) else text for text in texts],
        "begins": [len(text) >= SHORTEST_PREFIX and not is_unspaced(text) for text in texts],
        "correctable": [
            len(text) >= SHORTEST_CORRECTED and text.isalpha() and not is_unspaced(text) for text in texts
        ],
    }


@dataclass(frozen=True)
class SearchWord:
    """A word to look for, and how it was typed."""

    typed: str
    text: str
    expression: str
    is_corrected: bool = False


@dataclass(frozen=True)
class TypedWord:
    """A word as it was typed, as it is looked for, and what the database knows of it."""

    typed: str
    text: str
    expression: str
    is_stop_word: bool
    has_matches: bool
    all_match: bool  # something has all the words of the question that say something
    near: list[str]
    near_expressions: list[str]

    def corrected(self) -> SearchWord:
        """To the nearest neighbor, unless it is found as it stands or is a word that says something by itself."""
        near = sorted(
            (edits(self.text, word), position, word)
            for position, word in enumerate(self.near)
            if may_be_meant(self.text, word)
        )
        if not near or is_in_a_dictionary(self.text):
            return SearchWord(self.typed, self.typed, self.expression)
        _edits, position, word = near[0]
        return SearchWord(self.typed, word, self.near_expressions[position], is_corrected=True)


def may_be_meant(typed: str, word: str) -> bool:
    """Whether `typed` is likely to be `word` mistyped: few letters differ, and hardly anybody gets the first one wrong."""
    return (
        typed[0] == word[0] and script(typed) == script(word) and edits(typed, word) <= allowed_edits(typed)
    )


def allowed_edits(word: str) -> int:
    return 1 if len(word) < 8 else 2


def edits(first: str, second: str) -> int:
    """How many letters to add, drop, change or swap with their neighbor (optimal string alignment)."""
    rows = [list(range(len(second) + 1))]
    for i, letter in enumerate(first, 1):
        row = [i]
        for j, its in enumerate(second, 1):
            row.append(min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != its)))
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == its:
                row[j] = min(row[j], rows[-2][j - 2] + 1)
        rows.append(row)
    return rows[-1][-1]


def most_of(sought: list[SearchWord]) -> list[SearchWord]:
    """Those of the words that the activity with most of them has; all of them when nothing has any."""
    if len(sought) == 1:
        return sought
    best = fetch(MOST_OF, {"expressions": [word.expression for word in sought]})
    return [sought[position - 1] for position in best[0][0]] if best else sought


def looked_for(terms: str, begins: str) -> str:
    """SQL: the tsquery of one word: as it begins, and by its stem in each language."""
    stems = [f"plainto_tsquery('{configuration}', {terms})" for configuration in STEMMERS.values()]
    beginning = (
        f"CASE WHEN {begins} THEN to_tsquery('simple', quote_literal({terms}) || ':*') "
        f"ELSE plainto_tsquery('simple', {terms}) END"
    )
    return f"({' || '.join([beginning, *stems])})"


def is_stop_word(word: str) -> str:
    """SQL: a single letter, or a stop word in one of the languages."""
    stopped = [f"to_tsvector('{configuration}', {word}) = ''" for configuration in CONFIGURATIONS.values()]
    return f"({word} ~ '^[a-z]$' OR {' OR '.join(stopped)})"


PUBLISHED = "published_at IS NOT NULL AND withdrawn_at IS NULL"


def is_found(query: str) -> str:
    return f"EXISTS (SELECT FROM catalog_activity WHERE {PUBLISHED} AND search_vector @@ {query})"


# Where a word matches nothing, its neighbors are those that share enough trigrams (an index knows them), and those of
# nearly its length that share a few (“gneder”, “agau”).
UNDERSTAND = f"""
WITH asked AS MATERIALIZED (
    SELECT position, word, correctable, query, is_stop_word, {is_found("query")} AS has_matches
    FROM (
        SELECT position, word, correctable, {looked_for("terms", "begins")} AS query, {is_stop_word("word")} AS is_stop_word
        FROM unnest(%(words)s::text[], %(terms)s::text[], %(begins)s::boolean[], %(correctable)s::boolean[])
            WITH ORDINALITY AS typed (word, terms, begins, correctable, position)
    ) read
), together AS MATERIALIZED (
    SELECT string_agg('(' || query::text || ')', ' & ')::tsquery AS query
    FROM asked WHERE NOT is_stop_word OR (SELECT bool_and(is_stop_word) FROM asked)
)
SELECT w.query::text, w.is_stop_word, w.has_matches, (SELECT {is_found("together.query")} FROM together),
    coalesce(near.words, '{{}}'), coalesce(near.queries, '{{}}')
FROM asked w
LEFT JOIN LATERAL (
    SELECT array_agg(n.text ORDER BY n.likeness DESC, n.text) AS words,
        array_agg(n.query::text ORDER BY n.likeness DESC, n.text) AS queries
    FROM (
        SELECT text, likeness, {looked_for("alike.text", "true")} AS query FROM (
            (SELECT text, similarity(text, w.word) AS likeness FROM catalog_word
            WHERE catalog_word.text %% w.word ORDER BY likeness DESC, text LIMIT {MOST_NEIGHBORS})
            UNION
            (SELECT text, similarity(text, w.word) AS likeness FROM catalog_word
            WHERE length(text) BETWEEN length(w.word) - 1 AND length(w.word) + 1
            AND similarity(text, w.word) > 0.15 ORDER BY likeness DESC, text LIMIT {MOST_NEIGHBORS})
        ) alike
        WHERE NOT {is_stop_word("alike.text")}
    ) n
    WHERE w.correctable AND NOT w.has_matches AND NOT w.is_stop_word AND {is_found("n.query")}
) near ON true
ORDER BY w.position
"""

# Of the activities that have some of the words, the one with most of them; the best of those that have as many.
MOST_OF = f"""
WITH asked AS MATERIALIZED (
    SELECT position, expression::tsquery AS query
    FROM unnest(%(expressions)s::text[]) WITH ORDINALITY AS word (expression, position)
)
SELECT array_agg(asked.position ORDER BY asked.position) AS positions
FROM catalog_activity JOIN asked ON search_vector @@ asked.query
WHERE {PUBLISHED}
GROUP BY catalog_activity.id
ORDER BY count(*) DESC, sum(ts_rank(search_vector, asked.query)) DESC, catalog_activity.id
LIMIT 1
"""
