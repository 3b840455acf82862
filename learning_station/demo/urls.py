from django.urls import path

from . import sign_in

app_name = "demo"

urlpatterns = [
    path("demo/sign-in/", sign_in.sign_in, name="sign_in"),
]
