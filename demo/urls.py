from django.urls import path

from . import mailbox, sign_in, to_try

app_name = "demo"

urlpatterns = [
    path("demo/sign-in/", sign_in.sign_in, name="sign_in"),
    path(
        "demo/platform-reports/<int:pk>/<slug:platform>.csv", to_try.platform_report, name="platform_report"
    ),
    path("letters/", mailbox.letters, name="letters"),
    path("letters/<int:pk>/", mailbox.letter, name="letter"),
    path("letters/<int:pk>/html/", mailbox.letter_html, name="letter_html"),
    path("letters/<int:pk>/invite.ics", mailbox.letter_calendar, name="letter_calendar"),
    path("letters/<int:pk>/source/", mailbox.letter_source, name="letter_source"),
]
