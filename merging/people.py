"""What merging two people does to what is theirs here: addresses, sign-ins, consents, profile, letters."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from auditlog.models import LogEntry
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.actions import end_sign_ins
from accounts.models import Consent, FormerAddress, User
from accounts.whose import is_proven
from outbox.actions import readdress
from outbox.models import Letter
from texts.languages import language_name

from .errors import ClosedAccount, ErasedAccount, NotOneself, OfStaff, OnlySuperuser
from .models import Merge, MovedRow
from .moving import Moving, Undoing, type_of
from .parts import Line, Part, lock_rows, when_people_merge

# What a person has told of themselves, together where one says nothing without the other.
FACTS = (
    ("name",),
    ("organization", "organization_other"),
    ("post",),
    ("profile",),
    ("country",),
    ("timezone",),
)


def take_part() -> None:
    # Letters first: they are told by the address that the one that goes still has.
    when_people_merge(
        Part(
            covers=(Letter,),
            outlook=lambda kept, gone: [Line(_("letters"), gone.letters.count())],
            lock=lambda kept, gone: lock_rows(gone.letters.filter(state=Letter.State.WAITING)),
            move=move_letters,
            settle=give_letters_back,
        )
    )
    when_people_merge(
        Part(
            covers=(User, EmailAddress, FormerAddress, Authenticator, UserSession),
            outlook=outlook,
            check=check,
            move=move,
            give_back=leave_own_address,
            not_moved=_(
                "Sign-ins, second factors, passwords and the private address of the calendar end. They do not come "
                "back with an undo: the person signs in with a code."
            ),
        )
    )
    when_people_merge(
        Part(
            covers=(Consent,),
            outlook=lambda kept, gone: [Line(_("consents"), consents_to_move(kept, gone).count())],
            move=move_consents,
        )
    )
    when_people_merge(
        Part(
            covers=(LogEntry,),
            not_moved=_(
                "The history of both stays as it was written, and so does who did what: the page of the account that stays "
                "shows both."
            ),
        )
    )


def refuse(by: User, kept: User, gone: User) -> None:
    """Nobody merges themselves, and no one below a superuser gives a superuser's account one more way in."""
    if by.pk in (kept.pk, gone.pk):
        raise NotOneself
    if kept.is_superuser and not by.is_superuser:
        raise OnlySuperuser


def check(kept: User, gone: User) -> None:
    if kept.erased_at or gone.erased_at:
        raise ErasedAccount
    if gone.is_staff or gone.is_superuser or gone.groups.exists() or gone.user_permissions.exists():
        raise OfStaff(gone)
    if not kept.is_active:
        raise ClosedAccount(kept)


def outlook(kept: User, gone: User) -> list[Line]:
    proven = EmailAddress.objects.filter(user=gone, verified=True).count()
    lines = [
        Line(_("proven addresses, which sign in to the account that stays"), proven),
        Line(_("former addresses, by which the person is found"), len(former_to_make(kept, gone))),
        Line(_("facts of the profile that the one that stays does not have"), len(empty_facts(kept, gone))),
    ]
    if gone.reminders != kept.reminders:
        lines.append(Line(_("One of the two is not reminded by e-mail: so it is from now on.")))
    if gone.quiet_hours != kept.quiet_hours:
        lines.append(Line(_("One of the two keeps quiet hours: so it is from now on.")))
    if not is_proven(kept, kept.email) and proven:
        unproven = gettext(
            "Letters go to %(email)s from now on, and nobody has proven that address. Let the other one stay, or correct "
            "the address first, if it is wrong."
        )
        lines.append(Line(unproven % {"email": kept.email}))
    told = gettext("Both addresses are written to, each once: %(language)s.")
    return [*lines, Line(told % {"language": language_name(kept.language)})]


def move(moving: Moving[User]) -> None:
    kept, gone = moving.kept, moving.gone
    end_all_ways_in(gone, by=moving.by)
    move_addresses(moving)
    for facts in empty_facts(kept, gone):
        for fact in facts:
            moving.set(kept, fact, getattr(gone, fact))
    # Of two wishes the more careful one.
    moving.set(kept, "reminders", kept.reminders and gone.reminders)
    moving.set(kept, "quiet_hours", kept.quiet_hours or gone.quiet_hours)
    moving.set(gone, "is_active", False)


def end_all_ways_in(gone: User, *, by: User) -> None:
    """None of it is remembered: it does not come back. The secret address of a calendar is a way in, too, to what the
    calendar tells; the person makes a new one."""
    Authenticator.objects.filter(user=gone).delete()
    gone.calendar_secret = None
    gone.save(update_fields=["calendar_secret"])
    end_sign_ins(person=gone, by=by)


def move_addresses(moving: Moving[User]) -> None:
    """The proven ones sign in to the account that stays. All of them lead there by record, also once it has another."""
    kept, gone = moving.kept, moving.gone
    for email in former_to_make(kept, gone):
        moving.make(FormerAddress(person=kept, email=email, until=moving.now))
    of_gone = EmailAddress.objects.filter(user=gone)
    of_gone.filter(verified=False).delete()
    proven = list(of_gone.order_by("pk"))
    EmailAddress.objects.filter(user=kept, email__in=[one.email for one in proven], verified=False).delete()
    for one in proven:
        moving.set(one, "primary", False)
        moving.set(one, "user", kept)
    # As erasing frees it: what was written to the address stands with the person who stays.
    gone.email_as_read = ""
    moving.set(gone, "email", f"merged-{gone.pk}@merged.invalid")


def leave_own_address(undoing: Undoing[User]) -> None:
    """What the one that stays has for its own address by now it keeps: else two have it, and neither can prove it. But where
    it has proven another, that is its own again, and the other gets back what was the other's."""
    use_another_address(undoing)
    own = EmailAddress.objects.filter(email__iexact=undoing.kept.email).values_list("pk", flat=True)
    type_, numbers = type_of(EmailAddress()), {str(pk) for pk in own}
    stay = [row for row in undoing.moved if row.content_type_id == type_.pk and row.object_pk in numbers]
    undoing.moved[:] = [row for row in undoing.moved if row not in stay]
    undoing.left += stay


def use_another_address(undoing: Undoing[User]) -> None:
    kept, type_ = undoing.kept, type_of(EmailAddress())
    moved = [int(row.object_pk) for row in undoing.moved if row.content_type_id == type_.pk]
    proven = EmailAddress.objects.filter(user=kept, verified=True)
    other = proven.exclude(pk__in=moved).order_by("pk").first()
    if other and proven.filter(pk__in=moved, primary=True).exists():
        other.set_as_primary()
        kept.refresh_from_db(fields=["email"])


def former_to_make(kept: User, gone: User) -> list[str]:
    """Every address of the one that goes that the one that stays has not on record."""
    known = {kept.email.lower(), *kept.former_addresses.values_list("email", flat=True)}
    held = [
        gone.email.lower(),
        *EmailAddress.objects.filter(user=gone).order_by("pk").values_list("email", flat=True),
        *gone.former_addresses.order_by("pk").values_list("email", flat=True),
    ]
    return [email for email in dict.fromkeys(held) if email not in known]


def empty_facts(kept: User, gone: User) -> list[tuple[str, ...]]:
    def says(person: User, facts: tuple[str, ...]) -> bool:
        return any(getattr(person, fact) for fact in facts)

    return [facts for facts in FACTS if says(gone, facts) and not says(kept, facts)]


def consents_to_move(kept: User, gone: User) -> QuerySet[Consent]:
    """As they were given, words and days. One that the other gave too, and that stands, stays where it is."""
    same = Consent.objects.filter(
        person=kept, kind=OuterRef("kind"), about=OuterRef("about"), withdrawn_at=None
    )
    return gone.consents.exclude(Exists(same), withdrawn_at=None)


def move_consents(moving: Moving[User]) -> None:
    moving.move_rows(consents_to_move(moving.kept, moving.gone), "person")


def move_letters(moving: Moving[User]) -> None:
    """What waits goes to the address of the one that stays."""
    kept, gone = moving.kept, moving.gone
    readdress(person=gone, former=gone.email, to=kept.email)
    moving.move_rows(gone.letters.all(), "person")


def give_letters_back(kept: User, gone: User) -> None:
    """After an undo what still waits goes to the former address again, also what was written meanwhile of what went back."""
    gone.refresh_from_db()
    if gone.merged_into_id is None:
        waiting = Letter.objects.filter(person=kept, state=Letter.State.WAITING, secret=False)
        waiting.filter(about__in=went_back(kept, gone)).update(person=gone)
        readdress(person=gone, former=kept.email, to=gone.email)


def went_back(kept: User, gone: User) -> list[str]:
    """The rows that are the other's again, as letters name them (`outbox/about.py`)."""
    undone = Merge.objects.filter(kept_person=kept, gone_person=gone).exclude(undone_at=None)
    rows = MovedRow.objects.filter(merge=undone.order_by("undone_at").last(), field="person", was_left=False)
    return [f"{model} {pk}" for model, pk in rows.values_list("content_type__model", "object_pk")]
