from datetime import timedelta

from auditlog.context import set_actor
from celery import shared_task
from django.utils import timezone, translation

from . import actions
from .models import Import

# One whose worker was heard of within this time is left to it.
HEARD_OF = timedelta(minutes=2)


@shared_task
def go_on(number: int) -> None:
    """Look at, do, or take back what is left of an import. Called twice, it does it once."""
    of = Import.objects.select_related("read_by", "undone_by").filter(pk=number).first()
    if of is None:
        return
    by = of.undone_by if of.is_being_undone else of.read_by
    if by is None:
        return
    with set_actor(by), translation.override(by.language):  # the words of refusals are kept with the rows
        actions.next_of(of)(of=of)


@shared_task
def go_on_with_all() -> int:
    """Every minute: what a worker was killed over, or was never handed over. Answers how many."""
    left = Import.objects.silent(timezone.now() - HEARD_OF).order_by("moved_at").values_list("pk", flat=True)
    numbers = list(left)
    for number in numbers:
        go_on(number)
    return len(numbers)


@shared_task
def forget() -> int:
    """Every hour: what rows say, 30 days after they were read, and files that nobody began for a day."""
    return actions.forget_old(now=timezone.now())
