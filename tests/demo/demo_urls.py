"""The station's addresses as they are in the demonstration."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from demo import urls as demo_urls
from learning_station.urls import urlpatterns as usual

urlpatterns = [*usual, *i18n_patterns(path("", include(demo_urls)), prefix_default_language=False)]
