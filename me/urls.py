from django.urls import path

import accounts.converters  # noqa: F401 - brings the kinds of codes

from . import account, calendars, overview, registration

app_name = "me"

urlpatterns = [
    path("me/", overview.overview, name="overview"),
    path("me/calendar/", calendars.calendar_feed, name="calendar_feed"),
    path("me/calendar/<secret:secret>.ics", calendars.my_calendar, name="my_calendar"),
    path("me/data/", account.my_data, name="my_data"),
    path("me/deletion/", account.delete_account, name="delete_account"),
    path("registrations/<code:code>/", registration.registration, name="registration"),
    path("registrations/<code:code>/cancellation/", registration.cancellation, name="cancellation"),
    path("registrations/<code:code>/consent/", registration.consent, name="consent"),
    path(
        "registrations/<code:code>/calendar.ics",
        calendars.registration_calendar,
        name="registration_calendar",
    ),
]
