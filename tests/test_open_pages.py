"""Closed unless said open (promise 5): every address that answers without signing in is named here."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

# Public pages, the same for everybody.
PUBLIC = {
    "home",
    "accessibility",
    "data_protection",
    "credentials:find",
    "health",
    "badges:issuer",
    "badges:status_list",
    "badges:status_list_token",
    "catalog:activities",
    "catalog:activity",
    "catalog:cover",
    "pages:feed_ics",
    "pages:feed_atom",
    "registrations:session_calendar",
    "registrations:material_file",  # for everyone; else one is asked to sign in
    "proposals:new",
    "proposals:call",
    "proposals:similar",
    "pages:centers",
    "pages:center",
    "pages:hubs",
    "pages:hub",
    "pages:members",
    "pages:member",
    "picture",
    "speakers:portrait",
    "supporters:logo",
    "sitemap",
    "sitemap_section",
    "robots",
}
# The door, and what stands in front of it.
DOOR = {
    "account_login",
    "account_signup",
    "account_request_login_code",
    "account_confirm_login_code",
    "account_logout",
    "account_inactive",
    "account_email_verification_sent",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "accounts:sign_in",
    "accounts:enter_code",
    "time_zone",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "admin:login",
}
# These know by a secret in the address, or by a form, whom they are for.
BY_THEMSELVES = {
    "registrations:register": "visitors see the form, too",
    "me:registration": "the link in a letter",
    "me:cancellation": "the link in a letter",
    "attendance:guest": "the link in a letter",
    "credentials:certificate": "the check page: for whoever has the code",
    "attendance:check_in": "a code is typed; what it opens asks to sign in",
    "attendance:check_in_by_code": "the code on a screen; what it opens asks to sign in",
    "me:my_calendar": "calendar programs do not sign in",
    "accounts:unsubscribe": "the link in a letter",
    "proposals:mine": "drafts begun in this browser",
    "proposals:start": "no account is needed to begin",
    "proposals:confirmation": "the link in a letter",
    "proposals:continuing": "the link in a letter",
    "proposals:joining": "the link in a letter",
    **dict.fromkeys(
        (
            "proposals:proposal",
            "proposals:step",
            "proposals:sending",
            "proposals:new_file",
            "proposals:file",
            "proposals:continuation",
            "proposals:leave_call",
            "proposals:deletion",
        ),
        "a signed cookie says whose draft it is",
    ),
    **dict.fromkeys(
        ("proposals:message", "proposals:co_proposers", "proposals:withdrawal"),
        "the cookie finds it; changing it asks to sign in",
    ),
    "hubs:center_message": "anyone may write to a host",
    "hubs:hub_message": "anyone may write to a host",
    "hubs:evidence": "only files that are shown to everyone",
    "hubs:research_file": "only files that are shown to everyone",
    "design": "does not exist but for staff and where DEBUG is on",
}
NAMELESS = {
    "accounts/login/code/",
    "accounts/signup/",
    "accounts/password/<path:rest>",
}


def test_every_open_page_is_meant_to_be_open():
    open_pages = {
        name or route for name, route, view in every_page() if not getattr(view, "login_required", True)
    }
    assert open_pages == PUBLIC | DOOR | set(BY_THEMSELVES) | NAMELESS


def every_page(resolver: URLResolver | None = None, space: str = "", before: str = "") -> Iterator[tuple]:
    resolver = resolver or get_resolver()
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from every_page(pattern, inner, route)
        elif isinstance(pattern, URLPattern):
            yield (space + pattern.name if pattern.name else ""), route, pattern.callback
