"""Signing in, in a test: ask for a code, read it from the letter, type it."""

import re

from django.urls import reverse

from outbox.models import Letter


def code_in_letter(email):
    letter = Letter.objects.filter(to=email, kind="sign_in_code").latest("pk")
    return re.search(r"\d{4}-\d{4}", letter.text)[0]


def ask_for_code(client, email, **more):
    return client.post(reverse("account_login"), {"email": email, **more})


def sign_in(client, email, **more):
    """The whole way, up to the page that follows the code."""
    asked = ask_for_code(client, email, **more)
    return client.post(asked.url, {"code": code_in_letter(email), **more})
