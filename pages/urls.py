"""Public pages that tell of many rooms: home, who teaches, who is a member, what programs ask again, what the station says
of itself."""

from django.urls import path

from . import centers, feeds, hubs, members

app_name = "pages"

urlpatterns = [
    path("activities/feed.ics", feeds.calendar, name="feed_ics"),
    path("activities/feed.atom", feeds.atom, name="feed_atom"),
    path("centers/", centers.centers, name="centers"),
    path("centers/<slug:slug>/", centers.center, name="center"),
    path("hubs/", hubs.hubs, name="hubs"),
    path("hubs/<slug:slug>/", hubs.hub, name="hub"),
    path("members/", members.members, name="members"),
    path("members/<slug:slug>/", members.member, name="member"),
]
