from django.utils.translation import gettext_lazy as _

from outbox.kinds import can_wait, name_kinds

name_kinds(
    confirmation=_("place confirmed"),
    held=_("place held until membership is confirmed"),
    hold_lapsed=_("place no longer held"),
    waiting_list=_("on the waiting list"),
    promotion=_("let in from the waiting list"),
    cancellation=_("registration cancelled"),
    session_cancelled=_("session cancelled"),
    session_changed=_("session moved or changed"),
    rule_changed=_("rule of taking part changed"),
    clocks_changed=_("clocks changed"),
    reminder=_("reminder"),
    joining_link=_("link to join"),
    materials=_("materials after the session"),
)

can_wait("materials")
