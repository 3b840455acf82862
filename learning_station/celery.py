import logging
import os

from celery import Celery
from celery.signals import after_setup_logger, beat_init
from django.conf import settings

from learning_station import work

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learning_station.settings")

if not settings.configured:  # else another door was opened first
    work.kind = "worker"

app = Celery("learning_station")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@beat_init.connect
def begin_at_once(**about: object) -> None:
    """A new beat calls for a round now, not half a minute from now: what waited goes, and /health/ knows of it."""
    app.send_task("outbox.tasks.send_waiting", queue="ticks", expires=30)


@after_setup_logger.connect
def tell_of_errors_too(logger: logging.Logger, **about: object) -> None:
    """Celery puts its own handlers in the place of ours."""
    if settings.ERRORS_TO:
        from learning_station.failures.letters import ErrorLetters

        logger.addHandler(ErrorLetters(settings.ERRORS_TO))
