from django.urls import path

import accounts.converters  # noqa: F401 - brings the kinds of codes

from .rounds import views as rounds
from .views import checking, own, record

app_name = "credentials"

urlpatterns = [
    path("me/record/", record.record, name="record"),
    path("me/record.pdf", record.pdf, name="record_pdf"),
    path("me/record.json", record.json, name="record_json"),
    path("certificates/", checking.find, name="find"),
    path("certificates/<typed_code:code>/", checking.certificate, name="certificate"),
    path("certificates/<code:code>.pdf", own.pdf, name="document"),
    path("certificates/<code:code>/name/", own.name, name="name"),
    path("registrations/<code:code>/certificate/", own.claim, name="claim"),
    path("certificates/<code:code>/visibility/", own.visibility, name="visibility"),
    path("sessions/<int:pk>/certificates/", rounds.certificates, name="session"),
    path("sessions/<int:pk>/certificates/issuing/", rounds.issuing, name="issuing"),
    path("sessions/<int:pk>/certificates/<int:registration>/", rounds.granting, name="granting"),
]
