"""Errors go to a collector when SENTRY_DSN names one (Sentry, GlitchTip and others speak this protocol)."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sentry_sdk.types import Event, Hint


def start(address: str) -> None:
    """Only errors, and of people nothing: no addresses, no forms, no values of variables."""
    import sentry_sdk  # heavy, and most stations have no collector

    sentry_sdk.init(
        dsn=address,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        traces_sample_rate=0,
        auto_session_tracking=False,
        before_send=without_addresses,
    )


def without_addresses(event: "Event", hint: "Hint") -> "Event":
    """An address may hold a secret (a calendar's, a letter's link); the route, which the event names too, does not."""
    request = event.get("request", {})
    for name in ("url", "query_string", "headers", "cookies", "env", "data"):
        request.pop(name, None)
    event.pop("breadcrumbs", None)
    return event
