from celery import shared_task
from django.utils import timezone

from . import doubles
from .undoing import forget_what_was_moved


@shared_task
def look_after() -> int:
    """Every hour: look for likely doubles, and forget what merges moved that nobody can undo any more. Answers how many
    seem to be doubles."""
    forget_what_was_moved(now=timezone.now())
    return doubles.find_all()
