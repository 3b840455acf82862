from django.urls import path

from . import converters, expired_forms, views  # noqa: F401 - converters brings the kinds of codes

app_name = "accounts"

# These stand before allauth's addresses of the same kind: `account_login` and its kin lead here.
urlpatterns = [
    path("login/", views.sign_in, name="sign_in"),
    path("login/code/confirm/", views.enter_code, name="enter_code"),
    path("login/code/", views.to_sign_in),
    path("signup/", views.to_sign_in),
    path("password/<path:rest>", views.no_passwords),
    path("unsent/", expired_forms.unsent, name="unsent"),
    path("profile/", views.profile, name="profile"),
    path("reminders/<token:token>/", views.unsubscribe, name="unsubscribe"),
]
