from django.urls import path

from . import views

app_name = "hubs"

urlpatterns = [
    path("centers/<slug:slug>/message/", views.center_message, name="center_message"),
    path("hubs/<slug:slug>/message/", views.hub_message, name="hub_message"),
    path("evidence/<int:pk>/", views.evidence_file, name="evidence"),
    path("research/<int:pk>/", views.research_file, name="research_file"),
    path("agreements/<int:pk>/document/", views.document, name="document"),
]
