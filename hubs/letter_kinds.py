from django.utils.translation import gettext_lazy as _

from outbox.kinds import can_wait, name_kinds

name_kinds(
    agreement_signed=_("agreement signed"),
    agreement_extended=_("agreement extended"),
    agreement_ended_early=_("agreement ended early"),
    agreement_ending=_("agreement ends soon"),
    milestone_due=_("milestone due"),
    milestone_overdue=_("milestone overdue"),
    review_due=_("mid-term review due"),
    review_overdue=_("mid-term review overdue"),
    host_message=_("message to a host"),
)

can_wait(
    "agreement_signed",
    "agreement_extended",
    "agreement_ended_early",
    "agreement_ending",
    "milestone_due",
    "milestone_overdue",
    "review_due",
    "review_overdue",
)
