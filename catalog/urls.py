from django.urls import path

from . import views
from .outgoing import feeds

app_name = "catalog"

urlpatterns = [
    path("activities/", views.activities, name="activities"),
    path("activities/feed.ics", feeds.calendar, name="feed_ics"),
    path("activities/feed.atom", feeds.atom, name="feed_atom"),
    path("activities/<slug:slug>/", views.activity, name="activity"),
    path("activities/<slug:slug>/cover.svg", views.cover, name="cover"),
]
