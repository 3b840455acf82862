"""Public pages that tell of many rooms: home, who teaches, who is a member, what search engines ask, what the station says
of itself."""

from django.urls import path

from . import centers, hubs, members

app_name = "pages"

urlpatterns = [
    path("centers/", centers.centers, name="centers"),
    path("centers/<slug:slug>/", centers.center, name="center"),
    path("hubs/", hubs.hubs, name="hubs"),
    path("hubs/<slug:slug>/", hubs.hub, name="hub"),
    path("members/", members.members, name="members"),
    path("members/<slug:slug>/", members.member, name="member"),
]
