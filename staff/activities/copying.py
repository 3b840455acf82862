"""“Again, next year”: an activity is copied into a draft, its sessions to hours that the page shows first."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import formats, timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.http import person_of
from catalog.models import Activity, Session
from copying.actions import copy_activity
from copying.errors import CannotCopy
from copying.moving import Hours, MovedHours, MovedSession, moved_session, proposed_span, span_to
from copying.parts import parts
from desk.fields import Checkboxes, field_of
from desk.purposes import says
from desk.years import validate_year
from hubs.admin.hosts import supporters_of
from hubs.scope import HostScoped
from texts.rows import in_order

from .old_years import words_that_name, years_of

WEEK = timedelta(weeks=1)
MOST_WEEKS = 520
# Of what the activity and its sessions say. Rooms tell of theirs.
LEFT_BEHIND = (_("joining links"), _("recordings"))


class CopyForm(forms.Form):
    """Which sessions of the activity take place again, and when."""

    weeks = forms.IntegerField(
        label=_("So many weeks later"),
        required=False,
        min_value=0,
        max_value=MOST_WEEKS,
        help_text=_("52 weeks are a year: the weekdays stay."),
    )
    first_day = forms.DateField(
        label=_("Or: the new first day"),
        required=False,
        validators=[validate_year],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Of the first session chosen. Where it is given, the weeks do not count."),
    )
    sessions = Checkboxes(label=_("Sessions"), choices=[], coerce=int)
    is_edition = forms.BooleanField(
        label=_("It is the same, held again"),
        required=False,
        help_text=_(
            "Once the copy is public, its page names this one as an earlier edition, and this one leads there."
        ),
    )

    def __init__(self, every: Sequence[Session], now: datetime, data: Any = None) -> None:
        self.every, self.span = every, proposed_span(every, now=now)
        ahead = [
            session.pk
            for session in every
            if not (session.is_cancelled or moved_session(session, self.span, now=now).problem)
        ]
        initial = {"weeks": self.span // WEEK, "sessions": ahead, "is_edition": True}
        super().__init__(data, initial=initial)
        field_of(self, "sessions", Checkboxes).choices = [(session.pk, str(session)) for session in every]
        if not every:
            del self.fields["weeks"], self.fields["first_day"], self.fields["sessions"]

    @property
    def chosen(self) -> Collection[int]:
        known: Mapping[str, Any] = self.cleaned_data if self.is_bound else self.initial
        return frozenset(known.get("sessions", ()))

    def clean(self) -> dict[str, Any]:
        facts = self.cleaned_data
        weeks, first_day = facts.get("weeks"), facts.get("first_day")
        if first_day:
            sessions = [session for session in self.every if session.pk in self.chosen]
            self.span = span_to(first_day, sessions or self.every)
        elif weeks is not None:
            self.span = weeks * WEEK
        elif self.every and not self.errors.keys() & {"weeks", "first_day"}:
            self.add_error("weeks", _("Say how much later, in weeks or by the new first day."))
        return facts


@dataclass(frozen=True)
class SessionRow:
    """A session as the page shows it: `hours` are what was, what will be, and what is odd about it."""

    moved: MovedSession
    chosen: bool

    @property
    def session(self) -> Session:
        return self.moved.session

    @property
    def name(self) -> str:
        """Its label; else the day on which it began."""
        return self.session.label or day(self.moved.hours[0].was[0])

    @property
    def hours(self) -> Iterator[tuple[str, str, str]]:
        for hours in self.moved.hours:
            becomes = local(hours, self.session) if hours.becomes else None
            odd = _now("It lasts otherwise: the clocks change meanwhile.") if hours.lasts_otherwise else ""
            yield in_words(hours.was), in_words(becomes) if becomes else "–", odd


def local(hours: MovedHours, session: Session) -> Hours:
    assert hours.becomes
    start, end = (moment.astimezone(session.zone) for moment in hours.becomes)
    return start, end


def day(wall: datetime) -> str:
    return f"{formats.date_format(wall, 'D')} {in_order(f'{wall:%Y-%m-%d}')}"


def in_words(hours: Hours) -> str:
    """“Tue 2026-12-01 10:00–11:30”; over midnight “Tue 2026-12-01 23:30 – Wed 2026-12-02 01:00”."""
    start, end = hours
    if end.date() == start.date():
        return f"{day(start)} {start:%H:%M}–{end:%H:%M}"
    return f"{day(start)} {start:%H:%M} – {day(end)} {end:%H:%M}"


class Copies(HostScoped[Activity]):
    """Who adds activities copies those that they see: coordinators those of their hosts."""

    def get_urls(self) -> list[URLPattern]:
        page = path(
            "<path:object_id>/copy/", self.admin_site.admin_view(self.copy_view), name="catalog_activity_copy"
        )
        return [page, *super().get_urls()]

    def object_links(self, request: HttpRequest, obj: Activity) -> list[tuple[str, str]]:
        links = super().object_links(request, obj)
        if self.has_add_permission(request):
            links.insert(0, (reverse("admin:catalog_activity_copy", args=[obj.pk]), _now("Copy")))
        return links + supporters_of(request, f"activity-{obj.pk}")

    @says(_("A draft for another time: words and sessions come along, people never do."))
    def copy_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """GET shows the hours a year later; POST copies, or with `_look` shows those of another span."""
        if not self.has_add_permission(request):
            raise PermissionDenied  # before we look: the answer must not tell what is there
        activity = self.get_object(request, unquote(object_id))
        if activity is None:
            raise Http404
        now = timezone.now()
        every = list(activity.sessions.prefetch_related("meetings").order_by("starts_at", "pk"))
        form = CopyForm(every, now, request.POST if request.method == "POST" else None)
        is_valid = form.is_valid()
        if is_valid and "_look" not in request.POST and (draft := self.copied(request, activity, form)):
            return HttpResponseRedirect(reverse("admin:catalog_activity_change", args=[draft.pk]))
        rows = [
            SessionRow(moved_session(session, form.span, now=now), session.pk in form.chosen)
            for session in every
        ]
        status = 422 if form.is_bound and form.errors else 200
        return self.desk_page(
            request,
            "admin/catalog/activity_copy.html",
            status=status,
            title=_now("Copy this activity"),
            original=activity,
            form=form,
            rows=rows,
            other_weekdays=bool(form.span % WEEK) and bool(rows),
            comes_along=[part.words for part in parts if part.copy],
            stays_behind=[*LEFT_BEHIND, *(part.words for part in parts if not part.copy)],
            copies=[
                (copy.pk, edition_name(copy)) for copy in self.get_queryset(request).filter(earlier=activity)
            ],
            back=reverse("admin:catalog_activity_change", args=[activity.pk]),
        )

    def copied(self, request: HttpRequest, activity: Activity, form: CopyForm) -> Activity | None:
        """The draft; None where it is refused, and the form says why."""
        try:
            draft = copy_activity(
                activity=activity,
                sessions=form.chosen,
                span=form.span,
                is_edition=form.cleaned_data["is_edition"],
                by=person_of(request),
            )
        except CannotCopy as refusal:
            form.add_error(None, refusal.sentence)
            return None
        sessions = len(form.chosen)
        self.message_user(
            request,
            ngettext(
                "This is the copy, a draft, with %(count)d session. Its joining link is still to be given.",
                "This is the copy, a draft, with %(count)d sessions. Their joining links are still to be given.",
                sessions,
            )
            % {"count": sessions}
            if sessions
            else _now("This is the copy, a draft without sessions."),
            messages.SUCCESS,
        )
        if old := words_that_name(years_of(activity) - years_of(draft), draft):
            words = _now(
                "The year in which it was held before is named in: %(where)s. See whether that still fits."
            )
            self.message_user(request, words % {"where": "; ".join(old)}, messages.WARNING)
        return draft

    @admin.display(description=_("editions"))
    def editions(self, activity: Activity) -> str:
        """What it was copied from, and what was copied from it."""
        if not activity.pk:
            return ""
        lines = [(_now("Earlier edition"), activity.earlier)] if activity.earlier else []
        lines += [(_now("Newer edition"), later) for later in activity.later.order_by("pk")]
        # Of another host, by now, and perhaps not for this reader: what is public alone.
        return format_html_join(
            "",
            '<p>{}: <a href="{}">{}</a></p>',
            (
                (
                    word,
                    reverse("admin:catalog_activity_change", args=[edition.pk])
                    if edition.host_id == activity.host_id
                    else edition.get_absolute_url(),
                    edition_name(edition),
                )
                for word, edition in lines
                if edition.host_id == activity.host_id or edition.is_public
            ),
        ) or _now("It is the only one.")


def edition_name(edition: Activity) -> str:
    """Titles are often the same: the year tells them apart."""
    years = sorted(years_of(edition))
    title = str(edition)
    return f"{title} ({years[0]})" if years else title
