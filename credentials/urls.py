from django.urls import path

import accounts.converters  # noqa: F401 - brings the kinds of codes

from .views import checking, record

app_name = "credentials"

urlpatterns = [
    path("me/record/", record.record, name="record"),
    path("me/record.pdf", record.pdf, name="record_pdf"),
    path("me/record.json", record.json, name="record_json"),
    path("certificates/<code:code>/", checking.certificate, name="certificate"),
]
