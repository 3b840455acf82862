"""A list is read and looked at, its columns are told, and it is begun."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.expired_forms import never_sent_again
from accounts.http import PersonRequest
from outbox.wakeup import publish

from .. import access, actions, errors, tasks
from ..forms import ColumnsForm
from ..kinds import kind_of
from ..models import Import

# What is not done in this time is left to the worker: nobody waits for a page longer.
SECONDS = 4
EARLIER = 10


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest, kind: str = "registrations") -> HttpResponse:
    """GET asks for a list. POST reads it, and leads to what it would do."""
    brings = access.kind_for(request, kind)
    form = brings.form(request)
    if request.method == "POST" and form.is_valid():
        made = brings.make(form, by=request.user)
        carry_on(request, made)
        return redirect(made)
    earlier = access.visible(request.user).filter(kind=kind).exclude(begun_at=None)[:EARLIER]
    context = {"form": form, "earlier": earlier, "kind": brings}
    return render(request, brings.form_template, context, status=422 if form.errors else 200)


@never_cache
@require_safe
def show(request: PersonRequest, pk: int) -> HttpResponse:
    return shown(request, access.import_for(request, pk))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: PersonRequest, pk: int) -> HttpResponse:
    """POST says what the columns mean, and shows again what the rows would do."""
    of = access.import_for(request, pk)
    if request.method != "POST" or not of.is_draft:
        return redirect(of)
    form = kind_of(of).columns_form(of, request.POST)
    if form.is_valid():
        try:
            actions.understand(
                of=of, columns=form.columns, for_all=form.for_all(), why=form.cleaned_data.get("why", "")
            )
        except errors.Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            of.refresh_from_db()
            carry_on(request, of)
            return redirect(of)
    return shown(request, of, form)


def shown(request: PersonRequest, of: Import, form: ColumnsForm | None = None) -> HttpResponse:
    kind, now = kind_of(of), timezone.now()
    before = Import.objects.filter(session=of.session, kind=of.kind, sha256=of.sha256, begun_at__isnull=False)
    context = {
        "import": of,
        "kind": kind,
        "session": of.session,
        "activity": of.session.activity if of.session else None,
        "desk": kind.page(
            access.as_begun_by(of, request.user),
            now,
            what=request.GET.get("what", ""),
            number=request.GET.get("page"),
        ),
        "form": form or (kind.columns_form(of) if of.is_draft else None),
        "before": before.exclude(pk=of.pk).select_related("read_by").first() if of.is_draft else None,
        "letters_leave_at": of.letters_leave_at(now),
    }
    return render(request, "imports/import.html", context, status=422 if form else 200)


@never_cache
@never_sent_again
@require_POST
def begin(request: PersonRequest, pk: int) -> HttpResponse:
    of = access.import_for(request, pk)
    try:
        of = actions.begin(of=of, by=request.user)
    except errors.Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect(of)
    carry_on(request, of)
    return redirect(of)


def carry_on(request: PersonRequest, of: Import) -> None:
    """At once where they are few. The worker's rounds find it by themselves where it cannot be reached."""
    of = actions.next_of(of)(of=of, seconds=SECONDS)
    if of.is_looking:
        publish(tasks.go_on, of.pk)
    elif of.is_running:
        publish(tasks.go_on, of.pk)
        messages.info(request, _("They are many, so the worker goes on. This page shows how far it is."))
