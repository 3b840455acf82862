import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learning_station.settings")

app = Celery("learning_station")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
