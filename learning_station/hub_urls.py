"""Who teaches, and who is a member. Pages that show activities are made here, above the catalog; the others by hubs."""

from django.urls import path

from hubs import views

from . import centers, hub_pages, members

app_name = "hubs"

urlpatterns = [
    path("centers/", centers.centers, name="centers"),
    path("centers/<slug:slug>/", centers.center, name="center"),
    path("centers/<slug:slug>/message/", views.center_message, name="center_message"),
    path("hubs/", hub_pages.hubs, name="hubs"),
    path("hubs/<slug:slug>/", hub_pages.hub, name="hub"),
    path("hubs/<slug:slug>/message/", views.hub_message, name="hub_message"),
    path("members/", members.members, name="members"),
    path("members/<slug:slug>/", members.member, name="member"),
    path("evidence/<int:pk>/", views.evidence, name="evidence"),
    path("research/<int:pk>/", views.research_file, name="research_file"),
    path("agreements/<int:pk>/document/", views.document, name="document"),
]
