from django.urls import path

from .views import logo

app_name = "supporters"

# The same in all languages.
urlpatterns = [path("supporters/<slug:key>.webp", logo, name="logo")]
