"""What merging two organizations does to what is theirs in `accounts`: their names, and who acts for them."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, OrganizationName, User
from accounts.naming import tell_renamed
from page_cache import new_edition

from .errors import LosesMembership
from .moving import Moving
from .parts import Line, Part, lock_rows, rows_move, when_organizations_merge

KEPT_KIND = OrganizationName.Kind.ALIAS


def take_part() -> None:
    when_organizations_merge(
        Part(
            covers=(Organization, OrganizationName),
            outlook=outlook,
            lock=lambda kept, gone: lock_rows(OrganizationName.objects.filter(organization__in=[kept, gone])),
            check=check_membership,
            move=move_names,
            settle=settle,
        )
    )
    when_organizations_merge(rows_move(User, "organization", _("people who act for it")))


def outlook(kept: Organization, gone: Organization) -> list[Line]:
    names = len(names_to_move(kept, gone)) + own_name_is_new(kept, gone)
    lines = [Line(_("names by which it is found"), names)]
    if empty_facts(kept, gone):
        lines.append(Line(_("facts that the one that stays does not have"), len(empty_facts(kept, gone))))
    return lines


def check_membership(kept: Organization, gone: Organization) -> None:
    if gone.is_member() and not kept.is_member():
        raise LosesMembership(kept, gone)


def names_to_move(kept: Organization, gone: Organization) -> list[OrganizationName]:
    known = set(kept.names.values_list("language", "name"))
    return [name for name in gone.names.all() if (name.language, name.name) not in known]


def own_name_is_new(kept: Organization, gone: Organization) -> bool:
    """Whether no name of the other, or that goes along, is what the one that goes is called."""
    names = OrganizationName.objects.filter(organization__in=[kept, gone]).values_list("name", flat=True)
    return gone.name.casefold() not in {known.casefold() for known in [*names, kept.name]}


def move_names(moving: Moving[Organization]) -> None:
    """Who types any name of the one that goes finds the one that stays, which is shown as before: where both have a short
    name in a language, the other's becomes one by which it is found. A name that both have stays where it is."""
    kept, gone = moving.kept, moving.gone
    shown_in = set(kept.names.filter(kind=OrganizationName.Kind.SHORT).values_list("language", flat=True))
    for name in names_to_move(kept, gone):
        if name.kind == OrganizationName.Kind.SHORT and name.language in shown_in:
            moving.set(name, "kind", KEPT_KIND)
        moving.set(name, "organization", kept)
    if own_name_is_new(kept, gone):
        moving.make(OrganizationName(organization=kept, name=gone.name, kind=KEPT_KIND))
    for field in empty_facts(kept, gone):
        moving.set(kept, field, getattr(gone, field))


def empty_facts(kept: Organization, gone: Organization) -> list[str]:
    """Where it lies, and since when it is a member of the association, if that is said of one of the two alone."""
    facts = []
    if kept.latitude is None and kept.longitude is None and gone.latitude is not None:
        facts += ["latitude", "longitude"]
    fits = kept.member_until is None or (gone.member_since or kept.member_until) <= kept.member_until
    if kept.member_since is None and gone.member_since and kept.kind == gone.kind and fits:
        facts.append("member_since")
    return facts


def settle(kept: Organization, gone: Organization) -> None:
    for organization in (kept, gone):
        tell_renamed(organization)
    new_edition()
