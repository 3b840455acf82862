"""When the mail server itself is ill, all workers know it, and one of them looks from time to time whether it is well again.

Without this each letter, and each slot of each worker, would wait out the mail server's time-outs anew.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from outbox.models import Letter, Outage
from outbox.smtp_answers import DeliveryFailure

MAIL_SERVER = "mail server"
# Shorter than the beat's rounds are apart, so that each round looks once.
PAUSE = timedelta(seconds=25)


def begin(failure: DeliveryFailure, *, now: datetime) -> None:
    """Write down that the mail server failed, once more or for the first time."""
    known = {"reason": failure.reason, "next_look_at": now + PAUSE}
    outage, is_new = Outage.objects.get_or_create(
        name=MAIL_SERVER, defaults={"since": now, "is_certain": failure.certain, **known}
    )
    if not is_new:
        # Failed twice in a row: it is not the one letter.
        Outage.objects.filter(pk=outage.pk).update(is_certain=True, **known)


def end() -> None:
    """The mail server took a letter, or at least answers: what it held up goes now, and not after its delay."""
    if Outage.objects.all().delete()[0]:
        postponed = Letter.objects.filter(state=Letter.State.WAITING, held_by_server=True)
        postponed.update(next_try_at=timezone.now(), held_by_server=False)


def is_on() -> bool:
    return Outage.objects.exists()


def check_at_once() -> None:
    """Somebody who may know better asks for a letter to go now."""
    Outage.objects.update(next_look_at=timezone.now())


def claim_check(now: datetime) -> bool:
    """Whether it is us who look this time. One at a time, and not before the pause is over."""
    return bool(Outage.objects.filter(next_look_at__lte=now).update(next_look_at=now + PAUSE))
