from django.urls import path

import accounts.addresses  # noqa: F401 - brings the kinds of codes

from .views import account, calendars, me, registering, registration

app_name = "registrations"

urlpatterns = [
    path("sessions/<int:pk>/registration/", registering.register, name="register"),
    path("sessions/<int:pk>/calendar.ics", calendars.session_calendar, name="session_calendar"),
    path("registrations/<code:code>/", registration.registration, name="registration"),
    path("registrations/<code:code>/cancellation/", registration.cancellation, name="cancellation"),
    path("registrations/<code:code>/consent/", registration.consent, name="consent"),
    path(
        "registrations/<code:code>/calendar.ics",
        calendars.registration_calendar,
        name="registration_calendar",
    ),
    path("me/", me.me, name="me"),
    path("me/calendar/", calendars.calendar_feed, name="calendar_feed"),
    path("me/calendar/<secret:secret>.ics", calendars.my_calendar, name="my_calendar"),
    path("me/data/", account.my_data, name="my_data"),
    path("me/deletion/", account.delete_account, name="delete_account"),
]
