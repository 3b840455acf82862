"""For tests that ask for hundreds of pages: who asks is looked up once, and pages are not drawn where nobody reads them."""

from copy import copy
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib import admin, auth
from django.contrib.sessions.backends.db import SessionStore
from django.template.backends.django import Template
from django.test import Client

from accounts.models import User
from staff import attention


def known(monkeypatch: pytest.MonkeyPatch, *people: User) -> list[Client]:
    """A browser of each, signed in. Sessions, accounts and what they may are those of now: a page is given copies, which
    it may change."""
    clients, sessions, found = [], {}, {}
    for person in people:
        client = Client()
        client.force_login(person)
        session = client.session
        found[session.session_key] = auth.get_user(SimpleNamespace(session=session))
        if isinstance(found[session.session_key], User):
            found[session.session_key].get_all_permissions()
            found[session.session_key].second_factors  # noqa: B018 - found once
        sessions[session.session_key] = session.load()
        clients.append(client)
    of_a_session, load = auth.get_user, SessionStore.load

    def get_user(request: Any) -> Any:
        key = request.session.session_key
        return copy(found[key]) if key in found else of_a_session(request)

    def remembered(store: SessionStore) -> dict[str, Any]:
        return dict(sessions[store.session_key]) if store.session_key in sessions else load(store)

    monkeypatch.setattr(auth, "get_user", get_user)
    monkeypatch.setattr(SessionStore, "load", remembered)
    return clients


def draw_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is let in is known before the page is drawn, and drawing costs most of the time."""
    monkeypatch.setattr(Template, "render", lambda self, context=None, request=None: "-")
    monkeypatch.setattr(admin.site, "each_context", lambda request: {})
    monkeypatch.setattr(attention, "what_needs_attention", lambda person: [])
