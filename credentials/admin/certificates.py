"""Certificates: found, looked at, exported; withdrawn, corrected and kept by steps. Rounds and granting make them."""

from functools import reduce
from operator import and_

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.clock_words import days
from desk.admin import ReadOnly
from desk.clock import shown
from desk.export import Exports
from desk.types import Fieldsets
from hubs.admin.files import without
from hubs.scope import HostScopedAdmin
from texts.languages import language_name
from texts.rows import listed

from ..access import code_typed
from ..desk_words import length, name_shown
from ..facts import LANGUAGES
from ..models import Certificate
from . import steps
from .archive import AT_ONCE, Zip, archive
from .export import CertificateResource
from .filters import HostFilter, SessionFilter
from .standing import TONES, StandingFilter, standing_of


@admin.register(Certificate)
class CertificateAdmin(Exports, ReadOnly, HostScopedAdmin[Certificate]):
    purpose = _("What was issued to whom: correct a name, withdraw it, settle a doubt.")
    purpose_of_one = _("What one certificate says, on what grounds, and whether it still stands.")
    host_path = "registration__session__activity__host"
    steps = steps.STEPS
    resource_classes = [CertificateResource]
    actions = ["documents"]
    list_display = ["code", "name", "activity", "kind_shown", "issued_on", "standing"]
    list_filter = [StandingFilter, "kind", HostFilter, SessionFilter]
    search_fields = ["code"]
    search_help_text = _("Code, name, or title of the activity in any language")
    ordering = ["-issued_at", "-id"]
    fieldsets = [
        (None, {"fields": ["name", "activity", ("kind_shown", "code"), "standing"]}),
        (
            _("What it says"),
            {
                "fields": [
                    "said_host",
                    "said_days",
                    "said_length",
                    "said_rule",
                    "said_granted",
                    "signed",
                    "written_in",
                ]
            },
        ),
        (
            _("What became of it"),
            {"fields": ["issued", "editions", "withdrawn", "doubted", "kept", "hidden"]},
        ),
    ]

    def name_of(self, obj: Certificate) -> str:
        return f"{name_shown(obj)}, {obj.said.title}"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Certificate]:
        rows = (
            super()
            .get_queryset(request)
            .select_related(
                "registration__person",
                "registration__session__activity__host",
                "issued_by",
                "withdrawn_by",
                "kept_by",
            )
        )
        return rows.select_related("replaces", "replaced_by")

    def get_fieldsets(self, request: HttpRequest, obj: Certificate | None = None) -> Fieldsets:
        """Without what there is nothing to tell of."""
        if obj is None:
            return self.fieldsets
        said = obj.said
        untold = {
            name
            for name, told in {
                "said_length": said.meetings,
                "said_rule": said.rule_words,
                "said_granted": said.granted,
                "withdrawn": obj.withdrawn_at,
                "doubted": obj.doubted_at,
                "kept": obj.kept_at,
            }.items()
            if not told
        }
        return [
            (name, {**parts, "fields": without(parts["fields"], untold)}) for name, parts in self.fieldsets
        ]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Certificate], search_term: str
    ) -> tuple[QuerySet[Certificate], bool]:
        """By what stands on it. Whom the host may not see is found by the code and the title alone."""
        words = search_term.split()
        if not words:
            return queryset, False
        return queryset.filter(Q(code=code_typed(search_term)) | reduce(and_, map(says, words))), False

    def has_export_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("registrations.export_registration")

    @admin.action(description=_("Documents as a ZIP, at most 100 at once"), permissions=["export"])
    def documents(
        self, request: HttpRequest, queryset: QuerySet[Certificate]
    ) -> StreamingHttpResponse | None:
        chosen = list(queryset.select_related("signature").order_by("pk")[: AT_ONCE + 1])
        if len(chosen) > AT_ONCE:
            text = _now("Choose at most %(limit)d at once.") % {"limit": AT_ONCE}
            self.message_user(request, text, messages.WARNING)
            return None
        self.write_down(Zip(), request, len(chosen))
        language = translation.get_language() or "en"
        return StreamingHttpResponse(
            archive(chosen, language=language, now=timezone.now()),
            content_type="application/zip",
            headers={"Content-Disposition": 'attachment; filename="certificates.zip"'},
        )

    def view_on_site(self, obj: Certificate) -> str:
        return obj.get_absolute_url()

    def object_links(self, request: HttpRequest, obj: Certificate) -> list[tuple[str, str]]:
        links = super().object_links(request, obj)
        if request.user.has_perm("registrations.view_registration"):
            page = reverse("admin:registrations_registration_change", args=[obj.registration_id])
            links.append((page, _now("Registration")))
        if obj.is_valid:
            links.append((reverse("credentials:document", args=[obj.code]), _now("Document (PDF)")))
        session = reverse("credentials:session", args=[obj.registration.session_id])
        return [*links, (session, _now("Certificates of the session"))]

    # Looking

    @admin.display(description=_("name"))
    def name(self, certificate: Certificate) -> str:
        return format_html("<bdi>{}</bdi>", name_shown(certificate))

    @admin.display(description=_("activity"))
    def activity(self, certificate: Certificate) -> str:
        return certificate.said.title

    @admin.display(description=_("kind"), ordering="kind")
    def kind_shown(self, certificate: Certificate) -> str:
        kind = certificate.get_kind_display()
        return _now("%(kind)s, granted") % {"kind": kind} if certificate.is_granted else kind

    @admin.display(description=_("issued"), ordering="issued_at")
    def issued_on(self, certificate: Certificate) -> str:
        return shown(certificate.issued_at, certificate.registration.session.zone)

    @admin.display(description=_("issued"))
    def issued(self, certificate: Certificate) -> str:
        return by_whom(certificate, "issued")

    @admin.display(description=_("standing"))
    def standing(self, certificate: Certificate) -> str:
        standing = standing_of(certificate)
        tone = TONES.get(standing)
        return format_html(
            '<span class="desk-badge{}">{}</span>', f" desk-badge-{tone}" if tone else "", standing.label
        )

    @admin.display(description=_("host"))
    def said_host(self, certificate: Certificate) -> str:
        said = certificate.said
        return f"{said.host}, {said.venue}" if said.venue else said.host

    @admin.display(description=_("when"))
    def said_days(self, certificate: Certificate) -> str:
        said = certificate.said
        return f"{days(said.first_day, said.last_day)} ({said.zone})"

    @admin.display(description=_("meetings"))
    def said_length(self, certificate: Certificate) -> str:
        return length(certificate.said)

    @admin.display(description=_("rule"))
    def said_rule(self, certificate: Certificate) -> str:
        return certificate.said.rule_words

    @admin.display(description=_("granted, because"))
    def said_granted(self, certificate: Certificate) -> str:
        return certificate.said.granted

    @admin.display(description=_("signed by"))
    def signed(self, certificate: Certificate) -> str:
        said = certificate.said
        return listed(part for part in (said.signed_by, said.post) if part)

    @admin.display(description=_("written in"))
    def written_in(self, certificate: Certificate) -> str:
        return str(capfirst(language_name(certificate.language)))

    @admin.display(description=_("editions"))
    def editions(self, certificate: Certificate) -> str:
        after = getattr(certificate, "replaced_by", None)
        parts = [_now("edition %(number)d") % {"number": certificate.edition}]
        if certificate.replaces:
            parts.append(link_to(_now("replaces %(code)s"), certificate.replaces))
        if after:
            parts.append(link_to(_now("replaced by %(code)s"), after))
        return format_html("; ".join(["{}"] * len(parts)), *parts)

    @admin.display(description=_("withdrawn"))
    def withdrawn(self, certificate: Certificate) -> str:
        return because(by_whom(certificate, "withdrawn"), certificate.why_withdrawn)

    @admin.display(description=_("doubted"))
    def doubted(self, certificate: Certificate) -> str:
        if certificate.doubted_at is None:
            return ""
        since = shown(certificate.doubted_at, certificate.registration.session.zone)
        return f"{since}. {steps.against(certificate)}"

    @admin.display(description=_("kept"))
    def kept(self, certificate: Certificate) -> str:
        return because(by_whom(certificate, "kept"), certificate.why_kept)

    @admin.display(description=_("name is hidden"))
    def hidden(self, certificate: Certificate) -> str:
        if certificate.name_hidden:
            return _now("yes, by its owner: who checks it types the name instead of reading it")
        return _now("no")


def says(word: str) -> Q:
    """Whether a word stands in its name or title."""
    found = Q(facts__name__icontains=word, registration__discloses=True)
    for code in LANGUAGES:
        found |= Q(**{f"facts__titles__{code}__icontains": word})
    return found


def by_whom(certificate: Certificate, deed: str) -> str:
    at, by = getattr(certificate, f"{deed}_at"), getattr(certificate, f"{deed}_by")
    if at is None:
        return ""
    when = shown(at, certificate.registration.session.zone)
    return _now("%(when)s, by %(who)s") % {"when": when, "who": by} if by else when


def because(what: str, why: str) -> str:
    return f"{what}: {why}" if why else what


def link_to(words: str, certificate: Certificate) -> str:
    page = reverse("admin:credentials_certificate_change", args=[certificate.pk])
    return format_html('<a href="{}">{}</a>', page, words % {"code": certificate.code})
