from django import template
from django.utils import timezone

from catalog.models import Activity

from .. import editions

register = template.Library()


@register.inclusion_tag("copying/_earlier_editions.html")
def earlier_editions(activity: Activity) -> dict[str, object]:
    """What it was held as before."""
    return {"editions": editions.earlier_editions(activity)}


@register.inclusion_tag("copying/_newer_edition.html")
def newer_edition(activity: Activity) -> dict[str, object]:
    """That it was, or is, held again, and where to read of it."""
    edition = editions.newest_edition(activity)
    return {"edition": edition, "is_over": edition is not None and edition.is_over(timezone.now())}
