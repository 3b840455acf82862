"""What of certificates needs a person: whose attendance was corrected since, and sessions for which nobody signs."""

from datetime import datetime

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.models import User
from catalog.models import Session
from desk.attention import SHOWN, Card, Line, needs_a_person
from hubs.scope import in_scope

from .access import LOOK
from .desk_words import name_shown
from .due import complete, signed
from .models import Certificate


def ask_for_attention() -> None:
    needs_a_person("certificates", doubted_and_unsigned, permission=LOOK)


def doubted_and_unsigned(person: User, now: datetime) -> Card:
    doubted = in_scope(
        Certificate.objects.doubted().for_showing(), person, host="registration__session__activity__host"
    ).order_by("doubted_at", "pk")
    lines = [
        Line(
            reverse("admin:credentials_certificate_change", args=[one.pk]),
            one.said.title,
            f"{name_shown(one)} · {one.code}",
            badge=_("attendance was corrected"),
            tone="warning",
        )
        for one in doubted[:SHOWN]
    ]
    unsigned = in_scope(complete(now).filter(~signed(now)), person, host="activity__host")
    names = person.has_perm("credentials.add_signatory")
    lines += [
        Line(
            where_it_is_mended(session, names=names),
            str(session.activity),
            session.activity.host_name,
            badge=_("nobody signs"),
            tone="warning",
        )
        for session in unsigned.select_related("activity__host").order_by("ends_at", "pk")[:SHOWN]
    ]
    return Card(
        _("Certificates"),
        _("Every certificate stands as it was issued, and for every host somebody signs."),
        lines,
        reverse("admin:credentials_certificate_changelist"),
        _("All certificates"),
    )


def where_it_is_mended(session: Session, *, names: bool) -> str:
    host = session.activity.host
    if host is None or not names:
        return reverse("credentials:session", args=[session.pk])
    return f"{reverse('admin:credentials_signatory_add')}?{urlencode({'host': host.pk})}"
