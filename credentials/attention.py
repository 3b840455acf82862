"""What of certificates needs a person: whose attendance was corrected since, and sessions for which nobody signs."""

from datetime import datetime

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.models import User
from catalog.models import Activity, Session
from desk.attention import Card, Line, Waiting, needs_a_person
from hubs.scope import in_scope

from .access import LOOK
from .desk_words import name_shown
from .due import complete, signed
from .models import Certificate


def ask_for_attention() -> None:
    needs_a_person("certificates", doubted_and_unsigned, permission=LOOK)
    needs_a_person("promises", promises, permission="catalog.view_activity")


def doubted_and_unsigned(person: User, now: datetime) -> Card:
    doubted = in_scope(
        Certificate.objects.doubted().for_showing(), person, host="registration__session__activity__host"
    ).order_by("doubted_at", "pk")
    unsigned = in_scope(complete(now).filter(~signed(now)), person, host="activity__host")
    names = person.has_perm("credentials.add_signatory")

    def unsigned_line(session: Session) -> Line:
        return Line(
            where_it_is_mended(session, names=names),
            str(session.activity),
            session.activity.host_name,
            badge=_("nobody signs"),
            tone="warning",
        )

    return Card(
        _("Certificates"),
        _("Every certificate stands as it was issued, and for every host somebody signs."),
        [
            Waiting(doubted, doubted_line),
            Waiting(unsigned.select_related("activity__host").order_by("ends_at", "pk"), unsigned_line),
        ],
        reverse("admin:credentials_certificate_changelist"),
        _("All certificates"),
    )


def doubted_line(one: Certificate) -> Line:
    return Line(
        reverse("admin:credentials_certificate_change", args=[one.pk]),
        one.said.title,
        f"{name_shown(one)} · {one.code}",
        badge=_("attendance was corrected"),
        tone="warning",
    )


def where_it_is_mended(session: Session, *, names: bool) -> str:
    host = session.activity.host
    if host is None or not names:
        return reverse("credentials:session", args=[session.pk])
    return f"{reverse('admin:credentials_signatory_add')}?{urlencode({'host': host.pk})}"


def promises(person: User, now: datetime) -> Card:
    """What words say of a certificate where no rule does."""
    bare = in_scope(Activity.objects.promising_without_rule(now), person, host="host").order_by(
        "ends_at", "pk"
    )

    def line(activity: Activity) -> Line:
        return Line(
            reverse("admin:catalog_activity_change", args=[activity.pk]),
            activity.title,
            activity.certificate_rule,
            badge=_("no rule"),
            tone="warning",
        )

    page = reverse("admin:catalog_activity_changelist")
    return Card(
        _("A certificate in words only"),
        _("Whatever is coming and speaks of a certificate has a rule for it."),
        [Waiting(bare, line)],
        f"{page}?{urlencode({'rule': 'words'})}",
        _("All that have words and no rule"),
        leads_to_all=True,
    )
