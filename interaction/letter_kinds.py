from django.utils.translation import gettext_lazy as _

from outbox.kinds import can_wait, name_kinds

name_kinds(
    question_reported=_("question: reported"),
    report_decided=_("question: a report decided, to who reported it"),
    question_decided=_("question: a report decided, to who asked it"),
)

can_wait("question_reported", "report_decided", "question_decided")
