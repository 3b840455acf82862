"""What a focal point has to do, and for whom they speak, on “My pages”."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.my_pages import Section, Thing

from .standing import own
from .waiting import how_many_wait


def for_whom_i_speak(person: User, now: datetime) -> Section | None:
    offices = own(person, now)
    return Section("focal_points/_my_pages.html", {"offices": offices}) if offices else None


def people_to_confirm(person: User, now: datetime) -> Iterable[Thing]:
    for organization, count in how_many_wait(person, now):
        words = ngettext(
            "%(count)d person says that they act for %(organization)s.",
            "%(count)d people say that they act for %(organization)s.",
            count,
        )
        yield Thing(
            words % {"count": count, "organization": organization.name_shown},
            _("Look and confirm"),
            f"{reverse('focal_points:endorsements')}?organization={organization.slug}",
        )
