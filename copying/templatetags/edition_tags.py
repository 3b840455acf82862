from django import template
from django.utils import timezone

from catalog.models import Activity

from .. import editions

register = template.Library()


@register.inclusion_tag("copying/_earlier_editions.html")
def earlier_editions(activity: Activity) -> dict[str, object]:
    """What it was held as before."""
    return {"editions": editions.earlier_editions(activity, now=timezone.now())}


@register.simple_tag
def newest_edition(activity: Activity) -> editions.Edition | None:
    """The last one that it was, or is, held as again; None where it was held once."""
    return editions.newest_edition(activity, now=timezone.now())
