"""What is done to an activity as a whole, and asks first: it is published, withdrawn, or deleted while it is a draft."""

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from accounts.models import User
from catalog import actions as catalog_actions
from catalog.errors import CannotDelete, CannotPublish
from catalog.models import Activity
from catalog.wording import where
from desk.clock import shown
from desk.steps import Outlook, Step
from registrations.models import Invitation
from registrations.states import STANDING
from texts.rows import listed

# As many as a question can hold.
SHOWN_SESSIONS = 5


# Publish


def look_at_publishing(activity: Activity) -> Outlook:
    if activity.is_public:
        return Outlook(activity, refusal=_now("It is public already."))
    try:
        catalog_actions.refuse_unfinished(activity)
    except CannotPublish as reason:
        return Outlook(activity, refusal=reason.sentence)
    return Outlook(activity, " ".join([_now("Everybody will see it."), *when_and_where(activity)]))


def when_and_where(activity: Activity) -> list[str]:
    """When each of the next sessions begins, on which clock, and at which place; and where that clock is not the host's."""
    coming = activity.sessions.standing().upcoming(timezone.now())
    sentences = []
    for session in coming.order_by("starts_at", "pk")[:SHOWN_SESSIONS]:
        at, host = session.starts_at, activity.host
        sentences.append(
            _now("It begins %(when)s, at: %(place)s.")
            % {"when": shown(at, session.zone), "place": where(session) if session.place else _now("online")}
        )
        if host and at.astimezone(host.zone).utcoffset() != at.astimezone(session.zone).utcoffset():
            sentences.append(
                _now("This is not the clock of the host, where it is then %(when)s.")
                % {"when": shown(at, host.zone)}
            )
    return sentences


def publish(activity: Activity, *, by: User) -> str:
    catalog_actions.publish(activity=activity, by=by)
    return _now("public now.")


PUBLICATION = Step(
    noun="publication",
    purpose=_("Makes the activity public, so that everybody finds it and can register."),
    label=_("Publish"),
    question=ngettext_lazy("Publish this activity?", "Publish these %(count)d activities?", "count"),
    button=_("Publish"),
    permission="catalog.publish_activity",
    look=look_at_publishing,
    do=publish,
    refusals=(CannotPublish,),
    makes_sense=lambda activity: not activity.is_public,
)


# Withdraw


def look_at_withdrawing(activity: Activity) -> Outlook:
    if not activity.is_public:
        return Outlook(activity, refusal=_now("It is not public."))
    registered = sum(
        activity.sessions.upcoming(timezone.now())
        .standing()
        .annotate(how_many=Count("registrations", filter=Q(registrations__state__in=STANDING)))
        .values_list("how_many", flat=True)
    )
    if registered:
        sentence = ngettext(
            "Only staff will see it. %(count)d person is registered for what is coming and stays so: "
            "cancel the sessions instead if they will not take place.",
            "Only staff will see it. %(count)d people are registered for what is coming and stay so: "
            "cancel the sessions instead if they will not take place.",
            registered,
        ) % {"count": registered}
    else:
        sentence = _now("Only staff will see it.")
    return Outlook(activity, sentence)


def withdraw(activity: Activity, *, by: User) -> str:
    catalog_actions.withdraw(activity=activity, by=by)
    return _now("withdrawn; only staff see it.")


WITHDRAWAL = Step(
    noun="withdrawal",
    purpose=_("For an activity that visitors should not find for now; what is registered stays."),
    label=_("Withdraw"),
    question=ngettext_lazy("Withdraw this activity?", "Withdraw these %(count)d activities?", "count"),
    button=_("Withdraw"),
    permission="catalog.publish_activity",
    look=look_at_withdrawing,
    do=withdraw,
    refusals=(CannotPublish,),
    makes_sense=lambda activity: activity.is_public,
    serious=True,
)


# Delete


def look_at_deletion(activity: Activity) -> Outlook:
    try:
        catalog_actions.refuse_to_delete(activity)
    except CannotDelete as reason:
        return Outlook(activity, refusal=reason.sentence)
    counts = {
        _now("sessions"): activity.sessions.count(),
        _now("invited addresses"): Invitation.objects.filter(session__activity=activity).count(),
        _now("speakers"): activity.speakers.count(),
        _now("materials"): activity.materials.count(),
    }
    parts = listed(f"{name}: {count}" for name, count in counts.items() if count)
    if activity.published_at:
        sentence = _now("It is history without a session. It goes for good, from the public pages too.")
    else:
        sentence = _now("Nobody but staff ever saw it. It goes for good, with all that hangs on it.")
    return Outlook(activity, f"{sentence} {parts}".strip())


def delete(activity: Activity, *, by: User) -> str:
    catalog_actions.delete_draft(activity=activity, by=by)
    return _now("deleted.")


def may_be_deleted(activity: Activity) -> bool:
    return not look_at_deletion(activity).refusal


DELETION = Step(
    noun="deletion",
    purpose=_("For a draft that nobody needs any more."),
    label=_("Delete the draft"),
    question=ngettext_lazy("Delete this draft?", "Delete these %(count)d drafts?", "count"),
    button=_("Delete for good"),
    permission="catalog.delete_activity",
    look=look_at_deletion,
    do=delete,
    refusals=(CannotDelete,),
    makes_sense=may_be_deleted,
    serious=True,
)
