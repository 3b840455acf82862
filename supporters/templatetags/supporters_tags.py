from django import template
from django.utils import timezone

from catalog.models import Activity
from hubs.models import Agreement, Host

from .. import shown
from ..models import Supporter

register = template.Library()


@register.simple_tag
def supporters_of_station() -> list[Supporter]:
    return shown.of_station(timezone.now())


@register.simple_tag
def supporters_of_host(host: Host, agreement: Agreement | str | None = None) -> list[Supporter]:
    """`agreement` is empty where the page tells of none."""
    return shown.of_host(host, agreement if isinstance(agreement, Agreement) else None, timezone.now())


@register.simple_tag
def supporters_of_activity(activity: Activity) -> list[Supporter]:
    return shown.of_activity(activity, timezone.now())
