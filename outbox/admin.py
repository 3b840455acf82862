"""Letters: followed, sent again, stopped; never written here."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_safe
from django_stubs_ext import StrPromise

from desk.admin import DeskAdmin, ReadOnly
from desk.audit import note
from desk.steps import Outlook, Step
from texts.languages import language_name

from . import actions
from .errors import Refused
from .kinds import kind_name, known_kinds
from .looking import look
from .models import Letter, is_sealed

TONES = {
    Letter.State.WAITING: "",
    Letter.State.CLAIMED: "",
    Letter.State.SENT: " desk-badge-good",
    Letter.State.FAILED: " desk-badge-bad",
    Letter.State.STOPPED: " desk-badge-warning",
    Letter.State.TOO_LATE: " desk-badge-warning",
}


def look_at_resending(letter: Letter) -> Outlook:
    if refusal := actions.refusal_to_resend(letter):
        return Outlook(letter, refusal=refusal.sentence)
    to = actions.current_email(letter)
    if letter.state == Letter.State.SENT:
        sentence = _now("It arrived before: a copy will go to %(address)s.") % {"address": to}
    else:
        sentence = _now("It will go to %(address)s now.") % {"address": to}
    if to != letter.to:
        sentence += " " + _now("It was to %(former)s; the person’s address was changed since.") % {
            "former": letter.to
        }
    if letter.useless_after and letter.useless_after <= timezone.now():
        sentence += " " + _now("It is too late for what it says.")
    outlook = Outlook(letter, sentence, letters_known=not is_sealed(letter))
    outlook.letters[letter.language] += 1
    return outlook


def resend(letter: Letter, *, by: AbstractBaseUser) -> str:
    actions.resend(letter=letter, by=by)
    note(letter, done="resent")
    return _now("on its way again.")


def look_at_stopping(letter: Letter) -> Outlook:
    if letter.state != Letter.State.WAITING:
        return Outlook(letter, refusal=str(actions.CANNOT_BE_STOPPED))
    return Outlook(letter, _now("It will not be sent, unless someone sends it again."))


def stop(letter: Letter, *, by: AbstractBaseUser) -> str:
    actions.stop(letter=letter, by=by)
    note(letter, done="stopped")
    return _now("stopped; nothing will be sent.")


RESENDING = Step(
    noun="resending",
    purpose=_(
        "For letters that did not arrive: the same letter goes out once more, to the address of today."
    ),
    label=_("Send again"),
    question=ngettext_lazy("Send this letter again?", "Send these %(count)d letters again?", "count"),
    button=_("Send again"),
    permission="outbox.change_letter",
    look=look_at_resending,
    do=resend,
    refusals=(Refused,),
    makes_sense=lambda letter: letter.state != Letter.State.CLAIMED and bool(letter.text),
)
STOPPING = Step(
    noun="stopping",
    purpose=_("For letters that should not go out any more. What has left cannot be called back."),
    label=_("Stop"),
    question=ngettext_lazy(
        "Keep this letter from being sent?", "Keep these %(count)d letters from being sent?", "count"
    ),
    button=_("Stop them"),
    permission="outbox.change_letter",
    look=look_at_stopping,
    do=stop,
    refusals=(Refused,),
    makes_sense=lambda letter: letter.state == Letter.State.WAITING,
    serious=True,
)


class KindFilter(admin.SimpleListFilter):
    title = _("kind")
    parameter_name = "kind__exact"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Letter]) -> list[tuple[str, str]]:
        return known_kinds()

    def queryset(self, request: HttpRequest, queryset: QuerySet[Letter]) -> QuerySet[Letter]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class LanguageFilter(admin.SimpleListFilter):
    title = _("language")
    parameter_name = "language__exact"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Letter]) -> list[tuple[str, str]]:
        return [(code, capfirst(language_name(code))) for code, _name in settings.LANGUAGES]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Letter]) -> QuerySet[Letter]:
        return queryset.filter(language=self.value()) if self.value() else queryset


class CopyFilter(admin.SimpleListFilter):
    title = _("sent again")
    parameter_name = "copy"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin[Letter]
    ) -> list[tuple[str, StrPromise | str]]:
        return [("yes", _("copies that staff asked for")), ("no", _("first sendings"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Letter]) -> QuerySet[Letter]:
        if self.value() in ("yes", "no"):
            return queryset.filter(copy_of__isnull=self.value() == "no")
        return queryset


class LetterPages(ReadOnly, DeskAdmin[Letter]):
    """Registered by `registrations`, which knows whose letters they are."""

    purpose = _("Every e-mail the station wrote: whether it left, and what to do when it did not.")
    purpose_of_one = _(
        "What was written to one person, whether it arrived, and what can be done when it did not."
    )
    steps = (RESENDING, STOPPING)
    list_display = [
        "subject_shown",
        "state_badge",
        "to",
        "kind_shown",
        "sent_at",
        "written_at",
        "language_shown",
        "attempts",
    ]
    list_filter = ["state", LanguageFilter, CopyFilter, KindFilter]  # the longest last
    search_fields = ["to", "subject", "person__name", "about"]
    search_help_text = _("Address, name, subject, or what it is about")
    date_hierarchy = "written_at"
    fieldsets = [
        (
            None,
            {"fields": ["subject_shown", ("to", "person"), ("state_badge", "attempts", "last_error")]},
        ),
        (
            _("Dates"),
            {
                "fields": [
                    ("written_at", "next_try_at", "sent_at"),
                    "useless_after",
                    ("stopped_at", "stopped_by"),
                    ("resent_at", "resent_by"),
                    "copy_of",
                ]
            },
        ),
        (_("What it says"), {"fields": ["text_shown", "html_shown", "calendar_shown"]}),
        (
            _("How it goes"),
            {
                "fields": [("kind_shown", "about", "language_shown"), ("from_name", "reply_to")],
                "classes": ["collapse"],
            },
        ),
    ]

    # A letter that opens a door is for its reader alone.
    SEALED = _("It carries a code for its reader alone, so it is not shown.")
    # A letter says who its reader is, and in which language they read.
    UNDISCLOSED = _("Its reader has not agreed yet that the host sees who they are, so it is not shown.")

    def why_sealed(self, letter: Letter) -> str:
        if letter.secret:
            return str(self.SEALED)
        return str(self.UNDISCLOSED) if is_sealed(letter) else ""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Letter]:
        letters = super().get_queryset(request)
        return letters.defer("text", "html", "calendar") if is_list(request) else letters

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Letter], search_term: str
    ) -> tuple[QuerySet[Letter], bool]:
        """Letters with a code are found by their address alone: a search must not be a way to guess a code."""
        if not search_term:
            return queryset, False
        sealed = Q(secret=True, to__icontains=search_term.strip())
        return queryset.filter(Q(secret=False) & self.holding(request, search_term) | sealed), False

    @admin.display(description=_("subject"))
    def subject_shown(self, letter: Letter) -> str:
        if is_sealed(letter):
            return kind_name(letter.kind)
        return str(_("A letter with a code")) if letter.secret else letter.subject

    @admin.display(description=_("kind"), ordering="kind")
    def kind_shown(self, letter: Letter) -> str:
        return kind_name(letter.kind)

    @admin.display(description=_("language"), ordering="language")
    def language_shown(self, letter: Letter) -> str:
        return "" if is_sealed(letter) else capfirst(language_name(letter.language))

    @admin.display(description=_("state"), ordering="state")
    def state_badge(self, letter: Letter) -> str:
        return format_html(
            '<span class="desk-badge{}">{}</span>',
            TONES[Letter.State(letter.state)],
            letter.get_state_display(),
        )

    @admin.display(description=_("text"))
    def text_shown(self, letter: Letter) -> str:
        if why := self.why_sealed(letter):
            return why
        return format_html('<pre class="desk-letter" lang="{}">{}</pre>', letter.language, letter.text)

    @admin.display(description=_("as it looks"))
    def html_shown(self, letter: Letter) -> str:
        if why := self.why_sealed(letter):
            return why
        return format_html(
            '<iframe class="desk-letter-frame" sandbox src="{}" title="{}"></iframe>',
            reverse("admin:outbox_letter_look", args=[letter.pk]),
            _now("The letter as it looks"),
        )

    def get_urls(self) -> list[URLPattern]:
        look = self.admin_site.admin_view(self.look_view)
        return [path("<int:pk>/look/", look, name="outbox_letter_look"), *super().get_urls()]

    @method_decorator(require_safe)
    def look_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The letter's own page, for the frame: with its styles, and without any right (no script, no form)."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        letter = get_object_or_404(self.get_queryset(request), pk=pk)
        if self.why_sealed(letter):
            raise Http404
        return look(request, letter.html)

    @admin.display(description=_("calendar entry"))
    def calendar_shown(self, letter: Letter) -> str:
        if not letter.calendar or is_sealed(letter):
            return ""
        return format_html(
            "<details><summary>{}</summary><pre>{}</pre></details>", _now("Show"), letter.calendar
        )


def is_list(request: HttpRequest) -> bool:
    return bool(request.resolver_match and (request.resolver_match.url_name or "").endswith("_changelist"))
