"""What is asked at a webinar that runs now, and was answered at one before: as people and moderators do it."""

from datetime import datetime, timedelta

from accounts.models import User
from catalog.models import Meeting, Session
from interaction import actions
from interaction.models import Question
from registrations.models import Registration

from .specs import Spec, read

ACTIVITY = "one-budget-line-two-lives"
ARABIC = {"DZ", "EG", "IQ", "JO", "LB", "MA", "MR", "PS", "SD", "SY", "TN"}


def ask_questions(session: Session, spec: Spec, *, by: User, now: datetime) -> None:
    if session.activity.slug != ACTIVITY:
        return
    texts = read("questions.toml")
    meeting = session.meetings.select_related("session__activity__host").order_by("starts_at")[0]
    if spec["state"] == "running_now":
        ask_all(meeting, texts["running"], by=by, until=now)
    elif spec["state"] == "held":
        ask_all(meeting, texts["held"], by=by, until=meeting.ends_at)


def ask_all(meeting: Meeting, texts: Spec, *, by: User, until: datetime) -> None:
    """Each by somebody else who has a place there, if they read that language one who does."""
    if texts.get("public"):
        actions.publish_answers(meeting=meeting, public=True, by=by, now=until - timedelta(days=3))
    there = meeting.session.registrations.confirmed().filter(confirmed_at__lt=until - timedelta(days=2))
    people = list(there.select_related("person").order_by("pk"))
    made: list[Question] = []
    for spec in texts["questions"]:
        if not people:
            return
        asker = next((one for one in people if speaks(one.person, spec["language"])), people[0])
        people.remove(asker)
        made.append(ask_one(meeting, asker, spec, people, by=by, until=until, public="public" in texts))
        if "same_as" in spec:
            actions.unite(question=made[-1], into=made[spec["same_as"]], by=by, now=until)


def speaks(person: User, language: str) -> bool:
    """Nobody of the demonstration reads the station in Arabic, and many do at home."""
    return str(person.country) in ARABIC if language == "ar" else person.language == language


def ask_one(
    meeting: Meeting,
    asker: Registration,
    spec: Spec,
    others: list[Registration],
    *,
    by: User,
    until: datetime,
    public: bool,
) -> Question:
    at = until - timedelta(hours=spec["hours_ago"])
    question = actions.ask(
        meeting=meeting,
        registration=asker,
        words=spec["words"],
        language=spec["language"],
        unnamed=spec.get("unnamed", False),
        told_public=public,
        by=asker.person,
        now=at,
    )
    if spec["state"] == "waiting":
        return question
    actions.move(question=question, to="shown", by=by, now=at)
    for voter in others[: spec["votes"]]:
        actions.vote(question=question, registration=voter, by=voter.person, now=at)
    if spec["state"] != "shown":
        actions.move(question=question, to=spec["state"], by=by, now=until)
    answers = spec.get("answer_in", {"en": spec["answer"]} if "answer" in spec else {})
    for language, words in answers.items():
        actions.write_answer(
            question=question, words=words.strip(), language=language, by=by, now=until + timedelta(hours=20)
        )
    if "report" in spec and others:
        actions.report(
            question=question, registration=others[0], reason=spec["report"], by=others[0].person, now=until
        )
    return question
