from django.urls import path

import accounts.converters  # noqa: F401 - brings the kinds of codes

from .views import check_in, closing, corrections, door, guests, helpers, papers, screen, striking

app_name = "attendance"

urlpatterns = [
    path("check-in/", check_in.check_in, name="check_in"),
    path("check-in/tickets/<token:ticket>/", check_in.by_ticket, name="check_in_ticket"),
    path("check-in/<code:code>/", check_in.by_code, name="check_in_by_code"),
    path("meetings/<int:pk>/check-in/", screen.screen, name="screen"),
    path("meetings/<int:pk>/attendance/", door.list_, name="list"),
    path("meetings/<int:pk>/attendance/<int:registration>/", door.tap, name="tap"),
    path(
        "meetings/<int:pk>/attendance/<int:registration>/check-in/",
        striking.check_in_of,
        name="check_in_of",
    ),
    path("meetings/<int:pk>/attendance/closing/", closing.close, name="closing"),
    path("meetings/<int:pk>/attendance/opening/", closing.open_again, name="opening"),
    path("meetings/<int:pk>/guests/", guests.guests, name="guests"),
    path("meetings/<int:pk>/corrections/<int:correction>/", corrections.answer, name="answer"),
    path("guests/<code:code>/", guests.guest, name="guest"),
    path("sessions/<int:pk>/helpers/", helpers.helpers, name="helpers"),
    path("sessions/<int:pk>/helpers/<int:helper>/dismissal/", helpers.dismiss, name="dismiss_helper"),
    path(
        "registrations/<code:code>/attendance/<int:meeting>/",
        corrections.correction,
        name="correction",
    ),
    path("meetings/<int:pk>/sheet.pdf", papers.sheet, name="sheet"),
    path("sessions/<int:pk>/badges.pdf", papers.badges, name="badges"),
]
