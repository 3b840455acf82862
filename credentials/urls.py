from django.urls import path

import accounts.converters  # noqa: F401 - brings the kinds of codes

from .views import checking

app_name = "credentials"

urlpatterns = [
    path("certificates/<code:code>/", checking.certificate, name="certificate"),
]
