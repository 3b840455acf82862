"""What every room has a part in is a list that rooms register with. A room that is on none would be found out by a person:
by what stays of them after they were erased, or by a session that moved without them."""

from collections.abc import Collection, Iterable

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from accounts import erasing, forgetting, my_data, my_pages
from accounts.models import Organization, User
from catalog.models import Activity, Meeting, Session
from copying import parts as copying
from copying.rows import OWN as COPIED
from desk import attention
from merging import parts as merging
from registrations import session_changes
from registrations.models import Registration

type Model = type[models.Model]

# Columns that say who of the staff did something: the row of an erased person stays, without a name, and so does the deed.
DEEDS = {
    "admin.LogEntry.user",
    "attendance.Attendance.noted_by",
    "attendance.Attendance.struck_by",
    "attendance.Closing.closed_by",
    "attendance.Closing.opened_by",
    "attendance.Correction.answered_by",
    "attendance.Guest.noted_by",
    "attendance.Helper.named_by",
    "attendance.Tap.tapped_by",
    "catalog.Activity.published_by",
    "catalog.Activity.withdrawn_by",
    "catalog.Session.cancelled_by",
    "credentials.Certificate.issued_by",
    "credentials.Certificate.kept_by",
    "credentials.Certificate.withdrawn_by",
    "credentials.Round.by",
    "focal_points.FocalPoint.ended_by",
    "focal_points.FocalPoint.named_by",
    "hubs.Agreement.ended_early_by",
    "hubs.Agreement.signed_by",
    "hubs.Evidence.added_by",
    "hubs.Extension.decided_by",
    "hubs.Milestone.waived_by",
    "hubs.Review.recorded_by",
    "imports.Import.read_by",
    "imports.Import.undone_by",
    "interaction.Board.set_by",
    "interaction.Question.answered_by",
    "interaction.Question.state_by",
    "interaction.Report.decided_by",
    "membership.Claim.confirmed_by",
    "membership.EmailDomain.added_by",
    "merging.Merge.merged_by",
    "merging.Merge.undone_by",
    "merging.NotTheSame.said_by",
    "messaging.Message.sent_by",
    "messaging.Message.withdrawn_by",
    "messaging.Message.written_by",
    "outbox.Letter.resent_by",
    "outbox.Letter.stopped_by",
    "platform_reports.Alias.learned_by",
    "platform_reports.PlatformReport.read_by",
    "platform_reports.Trace.set_aside_by",
    "proposals.Decision.prepared_by",
    "proposals.Decision.released_by",
    "proposals.Review.assigned_by",
    "registrations.Invitation.invited_by",
    "registrations.Registration.cancelled_by",
    "speakers.Speaker.consent_noted_by",
}
# Lines between two tables, which go with the row on either side.
FORGOTTEN_ELSEWHERE = {
    "account.EmailConfirmation": "goes with its address",
    "accounts.User_groups": "the account's roles are taken away",
    "accounts.User_user_permissions": "the account's roles are taken away",
    "files.KeptFile": "one that waits for its form goes after a day",
    "catalog.Picture": "one that waits for its form goes with the person's row",
    "hubs.Host_coordinators": "with the host's coordinators",
    "proposals.Proposal_topics": "names nobody",
}
NOT_IN_THE_DOWNLOAD = {
    "account.EmailConfirmation": "a secret, gone with its use",
    "accounts.User_groups": "told as roles",
    "accounts.User_user_permissions": "told as roles",
    "files.KeptFile": "one that waits for its form lives for a day",
    "catalog.Picture": "one that waits for its form lives for a day",
    "attendance.Tap": "numbers of presses, gone after three days; what they brought about is told as attendance",
    "hubs.Host_coordinators": "told as coordinator_of",
    "proposals.Decision": "told by letter, and on the proposal's own page",
    "proposals.HistoryLine": "the proposal's own page tells it; the rest is the desk's",
    "proposals.Proposal_topics": "names nobody; the draft tells them",
    "proposals.Score": "what a reviewer gave as staff, in words in reviews_written",
}
MOVES_WITH_ITS_SESSION = {
    "catalog.Meeting": "the session's own hours: moving them is the move",
    "catalog.Material": "given for the session whenever it meets",
}
# Rooms that hold rows of people, or rows that staff work on, and bring nothing.
NOTHING_OF_ONES_OWN = {
    "accounts": "the page itself leads to the profile and the data",
    "badges": "a badge stands beside its certificate",
    "catalog": "holds nobody's rows",
    "city_record": "what a city sees stands beside one's own record",
    "hubs": "what a contact or a coordinator does stands at the desk",
    "imports": "what came of them stands on the registration's page",
    "interaction": "questions stand on the registration’s page",
    "merging": "the pages of the account that stays tell all of it",
    "messaging": "messages stand on the registration's page",
    "outbox": "letters stand on the registration's page",
    "platform_reports": "what came of them stands on the registration's page",
    "registrations": "they are the page",
    "speakers": "speakers need no account",
    "supporters": "supporters are no people of the station",
}
NOTHING_WAITS = {
    "supporters": "their days come and go by themselves",
    "accounts": "no claim waits for staff",
    "city_record": "the worker writes it",
    "hubs": "staff/attention.py tells agreements, together with sessions that have none",
    "outbox": "staff/attention.py tells letters, within the hosts of whoever looks",
    "registrations": "who waits is let in by itself; overbooked sessions are the catalog's card",
}


# What leads to a person and stays with the account that goes, or goes along with what is moved.
NOT_MERGED = {
    "account.EmailConfirmation": "a secret, gone with its use",
    "accounts.User_groups": "an account with a role does not go",
    "accounts.User_user_permissions": "an account with a role does not go",
    "badges.Badge": "goes along with its certificate",
    "catalog.Picture": "one that waits for its form goes after a day",
    "files.KeptFile": "one that waits for its form goes after a day",
    "hubs.Host_coordinators": "an account with a role does not go",
    "proposals.Attachment": "goes along with its proposal; who added it stays",
    "proposals.Decision": "goes along with its proposal",
    "proposals.HistoryLine": "goes along with its proposal; who did it stays",
    "proposals.Message": "goes along with its proposal; who wrote it stays",
    "proposals.Proposal_topics": "goes along with its proposal",
    "proposals.Review": "who wrote it as staff stays",
    "proposals.Revision": "goes along with its proposal; who sent it stays",
    "proposals.Score": "goes along with its review",
}


# What a merge itself writes, or what says that there was one.
OF_MERGES = {"merging.LikelyDouble", "merging.Merge", "merging.NotTheSame"}


def label(model: Model) -> str:
    return model._meta.label


def pointing(model: Model) -> Iterable[tuple[str, Model]]:
    """Each column of the model that points to another, with where."""
    for field in model._meta.get_fields():
        is_own = field.is_relation and not field.auto_created and not field.many_to_many
        if is_own and isinstance(field.related_model, type):
            yield f"{label(model)}.{field.name}", field.related_model


def leading_to(ends: Collection[Model], known: Collection[Model], *, but: Collection[str] = ()) -> set[Model]:
    """The models whose rows lead to a row of one of `ends`, straight or by way of others, not by the columns `but`."""
    reached: set[Model] = set()
    before = -1
    while before != len(reached):
        before = len(reached)
        reached |= {
            model
            for model in known
            for column, end in pointing(model)
            if column not in but and (end in ends or end in reached)
        }
    return reached


def unanswered(found: Iterable[Model], answered: Collection[Model], besides: Collection[str]) -> list[str]:
    return sorted(label(model) for model in found if model not in answered and label(model) not in besides)


def of_people(known: Collection[Model] | None = None) -> set[Model]:
    known = known or apps.get_models(include_auto_created=True)
    return leading_to([User, Registration], known, but=DEEDS) - {User}


def forgotten() -> set[Model]:
    return {model for part in forgetting.parts for model in part.covers} | set(erasing.OWN)


def told() -> set[Model]:
    return {model for part in my_data.parts for model in part.covers} | set(my_data.OWN)


def of_sessions(known: Collection[Model] | None = None) -> set[Model]:
    known = known or apps.get_models(include_auto_created=True)
    return leading_to([Session, Meeting, Registration], known) - {Session}


def of_activities(known: Collection[Model] | None = None) -> set[Model]:
    known = known or apps.get_models(include_auto_created=True)
    return leading_to([Activity, Session, Meeting], known) | {Activity}


def copied_or_not() -> set[Model]:
    return copying.answered_for() | set(COPIED)


def test_what_leads_to_a_person_is_forgotten_by_a_room():
    assert unanswered(of_people(), forgotten(), FORGOTTEN_ELSEWHERE) == []


def test_what_leads_to_a_person_is_in_their_download():
    assert unanswered(of_people(), told(), NOT_IN_THE_DOWNLOAD) == []


def test_what_hangs_on_a_session_follows_it():
    assert unanswered(of_sessions(), session_changes.covered(), MOVES_WITH_ITS_SESSION) == []


def test_what_leads_to_an_activity_is_copied_with_it_or_a_room_says_that_it_is_not():
    assert unanswered(of_activities(), copied_or_not(), ()) == []
    assert copied_or_not() == of_activities()  # none that leads nowhere
    answers = [model for part in copying.parts for model in part.covers] + list(COPIED)
    assert len(answers) == len(set(answers))  # and no two of one


def of_organizations(known: Collection[Model] | None = None) -> set[Model]:
    """Those that point there themselves. What leads there by way of them goes along with them."""
    known = known or apps.get_models(include_auto_created=True)
    return {model for model in known for _column, end in pointing(model) if end is Organization}


def test_what_points_to_an_organization_is_merged_with_it_or_a_room_says_that_it_stays():
    merged = merging.answered_for(merging.of_organizations)
    assert unanswered(of_organizations(), merged, OF_MERGES) == []
    assert merged <= of_organizations() | {Organization}  # none that leads nowhere


def test_what_leads_to_a_person_is_merged_with_them_or_a_room_says_that_it_stays():
    merged = merging.answered_for(merging.of_people)
    besides = {*NOT_MERGED, *OF_MERGES, "merging.MovedRow"}
    assert {label(model) for model in of_people() - merged} == besides


@isolate_apps("tests")
def test_a_new_model_that_is_on_no_list_is_found():
    class Attendance(models.Model):  # noqa: DJ008 - nobody looks at it
        registration = models.ForeignKey(Registration, models.CASCADE, related_name="+")

        class Meta:
            app_label = "tests"

    class Line(models.Model):  # noqa: DJ008 - nobody looks at it
        attendance = models.OneToOneField(Attendance, models.CASCADE, related_name="+")

        class Meta:
            app_label = "tests"

    class Question(models.Model):  # noqa: DJ008 - nobody looks at it
        meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="+")
        asked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

        class Meta:
            app_label = "tests"

    class Chapter(models.Model):  # noqa: DJ008 - nobody looks at it
        of = models.ForeignKey(Organization, models.CASCADE, related_name="+")

        class Meta:
            app_label = "tests"

    class Page(models.Model):  # noqa: DJ008 - nobody looks at it
        activity = models.OneToOneField(Activity, models.CASCADE, related_name="+")

        class Meta:
            app_label = "tests"

    known = [*apps.get_models(include_auto_created=True), Attendance, Line, Question, Page, Chapter]
    new = ["tests.Attendance", "tests.Line", "tests.Question"]
    assert unanswered(of_people(known), forgotten(), FORGOTTEN_ELSEWHERE) == new
    assert unanswered(of_people(known), told(), NOT_IN_THE_DOWNLOAD) == new
    assert unanswered(of_sessions(known), session_changes.covered(), MOVES_WITH_ITS_SESSION) == new
    merged = merging.answered_for(merging.of_organizations)
    assert unanswered(of_organizations(known), merged, OF_MERGES) == ["tests.Chapter"]
    assert unanswered(of_activities(known), copied_or_not(), ()) == [
        "tests.Attendance",
        "tests.Line",
        "tests.Page",
        "tests.Question",
    ]


def test_exceptions_are_still_needed():
    columns = {column for model in apps.get_models() for column, end in pointing(model) if end is User}
    assert columns >= DEEDS
    for found, answered, besides in (
        (of_people(), forgotten(), FORGOTTEN_ELSEWHERE),
        (of_people(), told(), NOT_IN_THE_DOWNLOAD),
        (of_sessions(), session_changes.covered(), MOVES_WITH_ITS_SESSION),
    ):
        assert set(besides) == {label(model) for model in found if model not in answered}


@pytest.mark.parametrize(
    ("asked", "besides"),
    [
        (lambda: my_pages._rooms, NOTHING_OF_ONES_OWN),
        (lambda: [part.ask for part in attention.parts.values()], NOTHING_WAITS),
    ],
    ids=["my pages", "what needs a person"],
)
def test_each_room_with_rows_brings_something_or_says_why_not(asked, besides):
    """A room of ours is a folder beside this one; reviews speak for the rows of proposals."""
    rooms = {
        config.label
        for config in apps.get_app_configs()
        if "site-packages" not in config.path and any(config.get_models()) and config.label != "files"
    }
    bring = {function.__module__.partition(".")[0] for function in asked()}
    bring |= {"proposals"} if "reviews" in bring else set()
    assert rooms - bring == set(besides)
