"""“Forget this speaker”: asks first, since nothing brings it back."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from accounts.models import User
from desk.steps import Outlook, Step

from .. import actions
from ..errors import Refused
from ..models import Speaker


def look_at_forgetting(speaker: Speaker) -> Outlook:
    count = speaker.appearances.values("activity").distinct().count()
    sentence = _now(
        "Name, words and picture go for good: from public pages, from search, from the desk and its history."
    )
    if count:
        at = ngettext(
            "%(count)d activity names this person. It stays as it is, but for that.",
            "%(count)d activities name this person. They stay as they are, but for that.",
            count,
        )
        sentence = f"{sentence} {at % {'count': count}}"
    return Outlook(speaker, sentence)


def forget(speaker: Speaker, *, by: User) -> str:
    actions.forget_speaker(speaker=speaker, by=by)
    return _now("forgotten.")


FORGETTING = Step(
    noun="forgetting",
    purpose=_("For a speaker who asks to be forgotten: what we know of them goes, the activities stay."),
    label=_("Forget this speaker"),
    question=ngettext_lazy("Forget this speaker?", "Forget these %(count)d speakers?", "count"),
    button=_("Forget for good"),
    permission="speakers.delete_speaker",
    look=look_at_forgetting,
    do=forget,
    refusals=(Refused,),
    serious=True,
)
