"""To a person whose two accounts were made one, and again when that was undone."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext

from accounts import clock_words
from accounts.models import User
from accounts.whose import is_proven
from outbox.actions import write_letter
from outbox.new_letter import NewLetter
from outbox.reading import reading_as

from .models import Merge

FREED = "@merged.invalid"
PLACES = "registrations.Registration.person"


def tell_merged(merge: Merge) -> None:
    """To both addresses, in the language of the account that stays."""
    kept, other = merge.kept_person, address_of_gone(merge)
    if kept is None:
        return
    proven = is_proven(kept, other)
    with reading_as(kept):
        until = clock_words.day(merge.undo_until)
        joined = paragraphs_of(merge, until=until)
        both = gettext_lazy(
            "We found two accounts of yours and made them one: that of %(kept)s and that of %(gone)s."
        ) % {"kept": kept.email, "gone": other}
        how = (
            gettext_lazy(
                "We write to you at %(kept)s. You can sign in with a code sent to either of the two addresses."
            )
            if proven
            else gettext_lazy("We write to you at %(kept)s, and with this address you sign in.")
        ) % {"kept": kept.email}
        # Who reads what comes to an address that nobody proved learns of no other.
        alone = gettext_lazy(
            "The account of this address was joined with another account of the same person, to which we write from now on."
        )
        stayed = gettext_lazy(
            "Another account of the same person was joined with the account of this address, to which we write as before."
        )
        to_kept = [both, how, *joined] if is_proven(kept, kept.email) else [stayed, *joined]
        to_other = [both, how, *joined] if proven else [alone, *joined]
        subject = gettext_lazy("Your two accounts are one")
        send(merge, "accounts_merged", kept, kept.email, subject, to_kept)
        if other:
            send(merge, "accounts_merged", kept, other, subject, to_other)


def paragraphs_of(merge: Merge, *, until: str) -> list[str | Promise]:
    moved = merge.counts.get(PLACES, 0)
    what = (
        ngettext(
            "%(count)d registration came along, with all that belongs to it. Where you were registered twice for one "
            "session, the better place stays.",
            "%(count)d registrations came along, with all that belongs to them. Where you were registered twice for one "
            "session, the better place stays.",
            moved,
        )
        % {"count": moved}
        if moved
        else gettext_lazy(
            "All that belonged to it came along. Where you were registered twice for one session, the better place stays."
        )
    )
    return [
        what,
        gettext_lazy(
            "Open sign-ins, passkeys and the private calendar address of the account that was joined have ended. Links in "
            "letters still lead to the right page."
        ),
        gettext_lazy(
            "Are these not both yours? Then answer this letter by %(until)s: until that day the secretariat can undo it."
        )
        % {"until": until},
    ]


def tell_undone(merge: Merge) -> None:
    """To each at their own address."""
    for person in (merge.kept_person, merge.gone_person):
        if person is None:
            return
        person.refresh_from_db()
        if person.email.endswith(FREED):  # somebody else has it by now
            continue
        with reading_as(person):
            words = [
                gettext_lazy(
                    "The secretariat undid what joined this account with another: they are two again."
                ),
                gettext_lazy(
                    "What still stood as it had been moved is back. To sign in, ask for a code with this address, as before."
                ),
            ]
            send(merge, "accounts_parted", person, person.email, gettext_lazy("Two accounts again"), words)


def send(
    merge: Merge,
    kind: str,
    person: User,
    to: str,
    subject: str | Promise,
    paragraphs: Sequence[str | Promise],
) -> None:
    write_letter(
        NewLetter(
            kind=kind,
            key=f"{kind}/{merge.pk}/{to}",
            person=person,
            to=to,
            template="account_note",
            context={"note_subject": subject, "paragraphs": paragraphs},
        )
    )


def address_of_gone(merge: Merge) -> str:
    """Which was its own until it was freed."""
    freed = merge.moved.filter(
        content_type__app_label="accounts", content_type__model="user", field="email"
    ).first()
    return str(freed.before) if freed else ""
