"""The catalog's question answered as a calendar and as a feed, for programs that ask again every few hours."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from calendars.entries import calendar_file, session_event
from catalog.listing.cards import Card, past_card, session_card
from catalog.listing.edition_cache import EditionCache
from catalog.listing.options import find_options, name_of_options
from catalog.listing.questions import Question
from catalog.listing.rows import Row, past_rows, upcoming_rows
from catalog.models import Session
from catalog.session_state import state_of
from catalog.wording import from_to
from page_cache import cached_page
from texts.cleaning import cleaned

MOST_ENTRIES = 200


@login_not_required
@cached_page
def calendar(request: HttpRequest) -> HttpResponse:
    """Every session that answers, also when an activity has several."""
    question = question_of(request)
    if question.past:
        sessions = Session.objects.filter(activity__in=question.past_activities()).order_by(
            "-listed_at", "-id"
        )
    else:
        sessions = Session.objects.filter(pk__in=question.sessions().values("pk")).order_by("listed_at", "id")
    if question.notes:
        sessions = sessions.none()  # as in `answers`
    listed = sessions.select_related("activity__host").prefetch_related("meetings")[:MOST_ENTRIES]
    events = [event for session in listed for event in session_event(session, language=get_language())]
    body = calendar_file(events, name=settings.STATION_NAME)
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")


@login_not_required
@cached_page
def atom(request: HttpRequest) -> HttpResponse:
    """One entry for each activity, as in the list."""
    question = question_of(request)
    here = settings.SITE_URL + reverse("catalog:activities") + question.address()
    feed = Feed(
        title=_("Past activities") if question.past else _("Upcoming activities"),
        description=_("Webinars, online courses and in-person programs of the Learning Station."),
        link=here,
        feed_url=settings.SITE_URL + reverse("pages:feed_atom") + question.address(),
        language=get_language(),
        feed_guid=here,
    )
    for row, card in answers(question):
        feed.add_item(
            title=card.title,
            title_lang=card.lang,
            link=settings.SITE_URL + card.url,
            unique_id=settings.SITE_URL + card.url,
            description=" ".join(part for part in (when(card), card.summary) if part),
            author_name=card.host,
            pubdate=row.published_at,
            updateddate=max(row.published_at, row.news_at or row.published_at),
            categories=[card.format_name],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


class Feed(Atom1Feed):
    """An Atom feed of plain texts, which says of each title in which language it is where that is not the feed's
    (RFC 4287, 2 and 3.1.1).

    A row with what XML cannot hold, come past the door, spoils no feed.
    """

    def add_item(self, *parts: Any, **item: Any) -> None:
        fit: Any = {name: cleaned(value) if isinstance(value, str) else value for name, value in item.items()}
        super().add_item(*parts, **fit)

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        plainly: Any = Plainly(handler, item["title_lang"])
        super().add_item_elements(plainly, item)


class Plainly:
    """Writes XML as `handler` does, texts as plain ones, and the language beside the title."""

    def __init__(self, handler: SimplerXMLGenerator, language: str):
        self.handler, self.language = handler, language

    def __getattr__(self, name: str) -> Any:
        return getattr(self.handler, name)

    def addQuickElement(
        self, name: str, contents: str | None = None, attrs: dict[str, str] | None = None
    ) -> None:
        attrs = dict(attrs or {})
        if name == "title" and self.language:
            attrs["xml:lang"] = self.language
        if name == "summary":
            attrs["type"] = "text"
        self.handler.addQuickElement(name, contents, attrs)


def question_of(request: HttpRequest) -> Question:
    options = EditionCache(name_of_options()).get_or_make(name_of_options(), find_options)
    return Question(request.GET, options=options, now=timezone.now())


def answers(question: Question) -> list[tuple[Row, Card]]:
    if question.notes:
        return []  # a page says what it did not understand; a feed cannot, and must not bring more than was asked for
    if question.past:
        return [(row, past_card(row)) for row in past_rows(question, 0, MOST_ENTRIES)]
    rows = upcoming_rows(question, 0, MOST_ENTRIES)
    return [(row, session_card(row, state_of(row, question.now))) for row in rows]


def when(card: Card) -> str:
    """A feed is the same for all readers, so its hours are the host's."""
    if card.starts_at and card.ends_at:
        hours = from_to(card.starts_at, card.ends_at, card.zone, card.place) + "."
        if not card.dates:
            return hours
        return f"{card.dates}. " + (_("Next meeting: %(hours)s") if card.later else "%(hours)s") % {
            "hours": hours
        }
    return f"{card.when}."
