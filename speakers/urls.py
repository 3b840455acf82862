from django.urls import path

from .views import portrait

app_name = "speakers"

# The same in all languages.
urlpatterns = [path("speakers/<int:pk>/<slug:key>.webp", portrait, name="portrait")]
