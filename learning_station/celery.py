import os

from celery import Celery
from celery.signals import beat_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learning_station.settings")

app = Celery("learning_station")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@beat_init.connect
def begin_at_once(**about: object) -> None:
    """A new beat calls for a round now, not half a minute from now: what waited goes, and /health/ knows of it."""
    app.send_task("outbox.tasks.send_waiting")
