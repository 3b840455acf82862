import os

from django.core.wsgi import get_wsgi_application

from learning_station import work

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learning_station.settings")

work.kind = "web"
application = get_wsgi_application()
