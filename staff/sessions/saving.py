"""Saving a session that was edited in the form of its activity."""

from django.db import transaction

from accounts.models import User
from catalog import actions as catalog_actions
from catalog.models import Session
from registrations import actions

from .form import SessionForm


def save_session(form: SessionForm, *, by: User) -> int:
    """Write the session as its valid form says. Answers how many letters were written."""
    session: Session = form.instance
    with transaction.atomic():
        if session._state.adding:
            session.save()
            if form.meetings:
                catalog_actions.set_meetings(
                    session=session, meetings=[line.as_times() for line in form.meetings], by=by
                )
            return 0
        before = Session.objects.get(pk=session.pk)
        changed = [
            field.name
            for field in Session._meta.concrete_fields
            if field.name in form.cleaned_data
            and getattr(before, field.attname) != getattr(session, field.attname)
        ]
        if changed:
            # Only these: counts and state may have changed since the row was read.
            session.save(update_fields=changed)
        if "timezone" in changed:
            for meeting in session.meetings.all():
                meeting.session = session  # with the zone in which its hours are promised from here on
                meeting.save(update_fields=["promised"])
        letters = 0
        if form.rescheduling:
            why = form.reason_form(bound=True)
            reason = why.reasons if why.is_valid() else {}
            letters += actions.reschedule(
                session=session, by=by, reason=reason, registration_hours=form.decided, **form.rescheduling
            )
        if form.new_places:
            letters += len(actions.change_places(session=session, places=form.places, by=by))
        return letters
