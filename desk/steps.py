"""Changes that ask first: a page says what will happen and who is written to, a button does it.

A step works for one thing or for several, picked in the list. GET asks and changes nothing, POST does.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.options import Action, ActionLocation
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_stubs_ext import StrOrPromise

from texts.languages import language_name
from texts.numbers import number_in
from texts.refusals import Refused
from texts.rows import listed

from .edit_conflict import EditConflict, edit_conflict
from .purposes import says

if TYPE_CHECKING:
    from .admin import DeskPages

AT_ONCE = 100  # things; more is a matter for another day
LONG = 12  # things; of more than these the names stand below the button, not before it


@dataclass
class Outlook:
    """What a step would do to one thing: a sentence, who is written to by language, or why it cannot be done."""

    thing: Model
    sentence: str = ""
    letters: Counter[str] = field(default_factory=Counter)
    refusal: str = ""
    form: forms.BaseForm | None = None
    since_opened: EditConflict | None = None
    letters_known: bool = True  # otherwise it depends on what is typed, and the sentence says how
    title: str = ""  # where the thing calls itself by something that says nobody what it is, such as a code

    @property
    def name(self) -> str:
        return self.title or str(self.thing)

    @property
    def recipients_sentence(self) -> str:
        return recipients_sentence(self.letters) if self.letters_known else ""


def recipients_sentence(letters: Counter[str]) -> str:
    """“37 people will be written to: English 20, French 17.”"""
    total = letters.total()
    if not total:
        return _("Nobody will be written to.")
    people = ngettext("%(count)d person will be written to", "%(count)d people will be written to", total)
    languages = listed(f"{language_name(code)} {count}" for code, count in letters.most_common())
    return _("%(people)s: %(languages)s.") % {"people": people % {"count": total}, "languages": languages}


def in_all(outlooks: list[Outlook]) -> str:
    """Who is written to, all in all; empty where it is not known yet."""
    if not all(outlook.letters_known for outlook in outlooks):
        return ""
    return recipients_sentence(sum((outlook.letters for outlook in outlooks), Counter()))


@dataclass
class Alike:
    """The things of which the same is to be said: once, with their names below."""

    sentence: str
    refusal: str
    outlooks: list[Outlook] = field(default_factory=list)


def alike(outlooks: Iterable[Outlook]) -> list[Alike]:
    """In the order in which each sentence comes first, what is refused at the end."""
    groups: dict[tuple[str, str], Alike] = {}
    for outlook in sorted(outlooks, key=lambda outlook: bool(outlook.refusal)):
        key = outlook.sentence, outlook.refusal
        groups.setdefault(key, Alike(*key)).outlooks.append(outlook)
    return list(groups.values())


class NoQuestion(forms.Form):
    """A step that needs no more than a yes."""


@dataclass(frozen=True)
class Step:
    """`look` says beforehand what `do` would do. `do` answers the sentence to show, or raises one of `refusals`.

    `question` may be an ngettext_lazy(…, "count"): then it counts the things. What is `serious` has the color of danger.
    `form` is asked once for all things; `form_of` makes a form for each thing instead. `narrow(form, person)` leaves in the
    one form's pickers what the person may choose. What the address of the page wants to have filled in, `filled_in` reads,
    for one thing alone.
    """

    noun: str
    purpose: StrOrPromise  # of its page, in a line
    label: StrOrPromise
    question: StrOrPromise
    button: StrOrPromise
    permission: str
    look: Callable[[Any], Outlook]
    do: Callable[..., str]
    refusals: tuple[type[Refused], ...]
    form: type[forms.Form] = NoQuestion
    form_of: Callable[..., forms.BaseForm] | None = None
    narrow: Callable[[Any, Any], None] = lambda form, person: None
    filled_in: Callable[[Any, QueryDict], dict[str, Any]] | None = None
    makes_sense: Callable[[Any], bool] = lambda thing: True
    several: bool = True
    serious: bool = False

    def may(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.permission)

    def address[M: Model](self, admin: ModelAdmin[M], ids: Iterable[object]) -> str:
        opts = admin.opts
        page = reverse(f"{admin.admin_site.name}:{opts.app_label}_{opts.model_name}_{self.noun}")
        return f"{page}?{urlencode({'ids': ','.join(str(pk) for pk in ids)})}"

    def as_action[M: Model](self, admin: ModelAdmin[M]) -> Action:
        """For the list's menu: leads to the page that asks."""

        def ask(
            modeladmin: ModelAdmin[M], request: HttpRequest, queryset: QuerySet[M]
        ) -> HttpResponse | None:
            ids = list(queryset.order_by("pk").values_list("pk", flat=True)[: AT_ONCE + 1])
            if len(ids) > AT_ONCE:
                modeladmin.message_user(
                    request,
                    _("Choose at most %(limit)d at once.") % {"limit": AT_ONCE},
                    messages.WARNING,
                )
                return None
            return HttpResponseRedirect(self.address(admin, ids))

        return Action(
            func=ask,
            name=self.noun,
            description=str(self.label),
            plural_description=str(self.label),
            locations=[ActionLocation.CHANGE_LIST],
        )


def things_of[M: Model](admin: ModelAdmin[M], request: HttpRequest) -> list[M]:
    """What ?ids= names, in that order of the list; 404 when one of them is not there for this person."""
    ids = {number_in(text) for text in request.GET.get("ids", "").split(",")}
    if None in ids or len(ids) > AT_ONCE:
        raise Http404
    things = list(admin.get_queryset(request).filter(pk__in=ids))
    if len(things) != len(ids):
        raise Http404
    return things


def step_view[M: Model](admin: "DeskPages[M]", step: Step) -> Callable[[HttpRequest], HttpResponse]:
    @says(step.purpose)
    def view(request: HttpRequest) -> HttpResponse:
        if not step.may(request):
            raise PermissionDenied  # before we look: the answer must not tell what is there
        things = things_of(admin, request)
        outlooks = [step.look(thing) for thing in things]
        ready = [outlook for outlook in outlooks if not outlook.refusal]
        form = step.form(request.POST if request.method == "POST" else None)
        step.narrow(form, request.user)
        if step.form_of:
            # What was typed for a thing that somebody else was faster with is shown too: it is not lost.
            for number, (thing, outlook) in enumerate(zip(things, outlooks, strict=True)):
                if not outlook.refusal or request.method == "POST":
                    outlook.form = step.form_of(
                        thing,
                        data=request.POST if request.method == "POST" else None,
                        prefix=f"thing-{number}",
                        **(step.filled_in(thing, request.GET) if step.filled_in and len(things) == 1 else {}),
                    )
                    outlook.since_opened = edit_conflict(
                        thing,
                        admin.history_parts(thing),
                        request,
                        name=f"thing-{number}-opened",
                    )
        status = 200
        if request.method == "POST":
            forms_asked = [form, *(outlook.form for outlook in ready if outlook.form)]
            valid = [asked.is_valid() for asked in forms_asked]  # all of them: every error is shown at once
            if all(valid) and not changed_meanwhile(ready) and take(step, outlooks, form, request):
                return HttpResponseRedirect(back_to(admin, things))
            status = 422
        context = {
            **admin.admin_site.each_context(request),
            "title": step.question % {"count": len(ready) or len(outlooks)},
            "step": step,
            "form": form,
            "outlooks": outlooks,
            "ready": ready,
            "all_letters": in_all(ready),
            "asks_each": step.form_of is not None,
            "groups": alike(outlooks),
            "is_long": len(outlooks) > LONG,
            "letters_differ": len(ready) > 1 and any(outlook.letters.total() > 1 for outlook in ready),
            "opts": admin.opts,
            "media": admin.media + form.media,
            "back": back_to(admin, things),
        }
        return TemplateResponse(request, "admin/desk_step.html", context, status=status)

    return view


def changed_meanwhile(outlooks: list[Outlook]) -> bool:
    """Whether somebody else changed one of the things since its form was opened. Its form then says so."""
    changed = False
    for outlook in outlooks:
        if outlook.form and outlook.since_opened and outlook.since_opened.entries:
            outlook.form.add_error(None, outlook.since_opened.sentence)
            changed = True
    return changed


def take(step: Step, outlooks: list[Outlook], form: forms.Form, request: HttpRequest) -> bool:
    """Do it to each thing by itself: one refusal holds up no other.

    Answers False when it was asked of one thing only and is refused: then the page says so, with all that was typed.
    """
    is_one = len(outlooks) == 1
    outcomes: dict[tuple[int, str], list[str]] = {}
    for outlook in outlooks:
        asked = outlook.form or form
        refused = outlook.refusal
        if not refused:
            try:
                sentence = step.do(outlook.thing, by=request.user, **asked.cleaned_data)
            except step.refusals as refusal:
                refused = refusal.sentence
                if is_one:
                    asked.add_error(None, refused)
        if refused and is_one:
            return False
        outcome = (messages.ERROR, refused) if refused else (messages.SUCCESS, sentence)
        outcomes.setdefault(outcome, []).append(outlook.name)
    for (level, sentence), names in outcomes.items():
        messages.add_message(request, level, f"{'; '.join(names)}: {sentence}")
    return True


def back_to[M: Model](admin: ModelAdmin[M], things: list[M]) -> str:
    opts = admin.opts
    if len(things) == 1 and things[0].pk is not None:  # a thing that was deleted has no page
        return reverse(
            f"{admin.admin_site.name}:{opts.app_label}_{opts.model_name}_change", args=[things[0].pk]
        )
    return reverse(f"{admin.admin_site.name}:{opts.app_label}_{opts.model_name}_changelist")


def letters_sentence(count: int) -> str:
    """For the message after a step."""
    if not count:
        return _("Nobody had to be written to.")
    return ngettext("%(count)d letter is on its way.", "%(count)d letters are on their way.", count) % {
        "count": count
    }
