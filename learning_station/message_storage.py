"""Django's sentences after a change, in a cookie whose name we choose (__Host-… in production)."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class NamedCookieStorage(CookieStorage):
    cookie_name = settings.MESSAGES_COOKIE_NAME


class StationMessages(FallbackStorage):
    storage_classes = (NamedCookieStorage, SessionStorage)
