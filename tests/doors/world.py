"""Who comes, what there is, and where it stands: the ground on which table.csv is asked."""

import re
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import Model
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from attendance.models import Correction, Guest, Helper
from catalog.models import Activity, Material, Meeting, Picture, Session
from credentials.models import Certificate
from hubs.models import Agreement, Evidence, Host, ResearchWork
from imports.models import Import
from interaction.models import Question, Report
from membership.models import Claim
from messaging.models import Message
from outbox.models import Letter
from outbox.unsubscribing import token_for
from platform_reports.models import PlatformReport
from proposals import actions
from registrations.models import Registration
from reviews import actions as reviewing
from speakers.models import Portrait, Speaker
from supporters.models import Supporter
from tests import cast
from tests.focal_points.making import focal_point
from tests.proposals import making

from .things import Things, pdf, things_of

ROLES = {
    "visitor": "not signed in",
    "official": "signed in, and has nothing to do with what is asked for",
    "owner": "registered at Seoul and proposed to Seoul; the things of Cairo and what is not published are not theirs",
    "partner": "proposes together with the owner, and said yes",
    "asked": "was asked to propose together with the owner, and has not answered",
    "host": "coordinates Seoul",
    "conflict": "coordinates Seoul, and has an interest in the proposal",
    "other": "coordinates Cairo",
    "focal": "focal point of Dakar, of which the owner says to be",
    "elsewhere": "focal point of Accra",
    "reviewer": "reviews proposals, but not this one",
    "reader": "sees everything, changes nothing",
    "secretary": "runs the whole station",
    "bare": "of the secretariat, signed in without a second factor",
}
# These are somebody of their own at the addresses of proposals only: elsewhere they are as an official, or as a coordinator.
OF_PROPOSALS = {"partner", "asked", "conflict"}
# And these at those of focal points.
OF_CITIES = {"focal", "elsewhere"}

PICTURE = "0" * 20


@dataclass
class World:
    """`things` by what the table calls them; empty is the same as “seoul”."""

    people: dict[str, User | None]
    things: dict[str, Things]
    proposals: dict[str, dict[str, Any]]
    passkey: int  # the number of somebody else's
    waiting: str  # the key of a picture that the host chose in a form not saved yet


def made() -> World:
    owner, partner, asked = cast.person("Owner Diallo"), cast.person("Partner"), cast.person("Asked Only")
    # Of no member: who acts for the city that proposes would not review it.
    host, conflict = (
        cast.coordinator(cast.host("seoul"), name=name, member=False) for name in ("Host", "Conflict")
    )
    bare = cast.secretary("No Second")
    bare.authenticator_set.all().delete()
    return World(
        people={
            "visitor": None,
            "official": cast.person("Curious Official"),
            "owner": owner,
            "partner": partner,
            "asked": asked,
            "host": host,
            "conflict": conflict,
            "other": cast.coordinator(cast.host("cairo"), name="Nour Adel"),
            "focal": focal_point().person,
            "elsewhere": focal_point("Kofi Mensah", cast.organization("Accra")).person,
            "reviewer": making.reviewer(),
            "reader": cast.reader(),
            "secretary": cast.secretary(),
            "bare": bare,
        },
        things=all_things(owner),
        proposals=proposed(owner, partner, asked, conflict),
        passkey=Authenticator.objects.create(
            user=cast.person("Somebody Else"), type=Authenticator.Type.WEBAUTHN, data={}
        ).pk,
        waiting=picture(waits_for=host),
    )


def all_things(owner: User) -> dict[str, Things]:
    seoul, cairo = things_of("seoul", "Ours", person=owner), things_of("cairo", "Foreign")
    draft = cast.activity("A draft", host=cast.host("seoul"), published=False)
    for activity in (draft, seoul[Activity]):
        Activity.objects.filter(pk=activity.pk).update(
            picture_key=picture(activity=activity), picture_alt_en="A river", picture_credit="Ana Example"
        )
    hidden = copy(seoul[Speaker], consented_on=None, consent_how="")
    Portrait.objects.create(speaker=hidden, webp=b"colors")
    return {
        "": seoul,
        "seoul": seoul,
        "cairo": cairo,
        "draft": seoul
        | {
            Activity: draft,
            Session: cast.session(draft),
            Speaker: hidden,
            Supporter: Supporter.objects.create(name="Of the station"),
            Material: copy(seoul[Material], activity=draft, shown_to="everyone"),
        },
        "hub": seoul | {Host: cast.host("chengdu")},
        "sealed": seoul | {Letter: copy(seoul[Letter], secret=True, key="sealed", message_id="<sealed>")},
        "public": cairo
        | {model: copy(cairo[model], is_public=True) for model in (Evidence, ResearchWork)}
        | {Material: copy(cairo[Material], shown_to="everyone")},
    }


def picture(**of: Any) -> str:
    content = dict.fromkeys(("avif_320", "avif_640", "webp_640", "jpg_1280"), b"colors")
    return Picture.objects.create(key=PICTURE, **content, **of).key


def copy(row: Model, **changed: Any) -> Model:
    twin = type(row)._base_manager.get(pk=row.pk)
    twin.pk = None
    for name, value in changed.items():
        setattr(twin, name, value)
    twin.save()
    return twin


def proposed(owner: User, partner: User, asked: User, conflict: User) -> dict[str, dict[str, Any]]:
    """One that was sent to Seoul, and one that is not sent yet: what stands in their addresses."""
    sent, draft = making.sent(owner, host="seoul"), making.draft(owner)
    together = actions.invite_co_proposer(proposal=sent, email=partner.email, by=owner)
    actions.join_as_co_proposer(asked=together)
    actions.invite_co_proposer(proposal=sent, email=asked.email, by=owner)
    reviewing.declare_conflict(proposal=sent, by=conflict)
    notes = {
        proposal: actions.attach(proposal=proposal, file=pdf("note.pdf"), by=owner)
        for proposal in (sent, draft)
    }
    content = sent.revisions.last().content | {"attachments": [notes[sent].pk]}
    actions.send_again(proposal=sent, content=content, by=owner)
    rest = {"slug": making.call().slug, "token": "made-up", "name": "idea"}
    of_sent, of_draft = ({"code": proposal.code, "pk": note.pk} | rest for proposal, note in notes.items())
    return {"": of_sent, "draft": of_draft}


# Where things stand


PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>\.\*\)\$")


@dataclass
class Address:
    name: str  # or, where it has none, its route
    parameters: set[str]


def located(address: Address, of: str, world: World) -> str:
    """The address as somebody would type it, when it is about the thing `of`."""
    if "/" in address.name:
        return "/" + PARAMETER.sub("1", address.name)
    page = reverse(address.name, kwargs=values(address, of, world))
    space, _colon, noun = address.name.rpartition(":")
    if space == "admin" and not address.parameters and noun.rpartition("_")[2] in STEPS:
        page += f"?ids={row_of(noun, world.things[of]).pk}"
    return page


# The pages that ask before something is done with what `?ids=` names.
STEPS = {step.noun for desk in admin.site._registry.values() for step in getattr(desk, "steps", ())}


def values(address: Address, of: str, world: World) -> dict[str, Any]:
    space, _colon, page = address.name.rpartition(":")
    if space in ("proposals", "reviews"):
        return {name: world.proposals[of][name] for name in address.parameters}
    if "kind" in address.parameters:
        return {"kind": of}
    things = world.things[of]
    if space == "platform_reports":
        known = {"pk": things[Meeting].pk, "report": things[PlatformReport].pk}
        return {name: known[name] for name in address.parameters}
    if space in (one_thing := {"imports": Import, "focal_points": Claim}):
        return dict.fromkeys(address.parameters, things[one_thing[space]].pk)
    if space == "supporters":
        return {"key": things[Supporter].logo_light}
    if space == "speakers":
        known = {"pk": things[Speaker].pk, "key": things[Speaker].portrait_key}
        return {name: known[name] for name in address.parameters}
    if space == "city_record":
        return dict.fromkeys(address.parameters, "dakar")
    if space == "badges":
        known = {"code": things[Certificate].code, "number": 1}
        return {name: known[name] for name in address.parameters}
    if space == "credentials":
        known = {
            "code": things[Registration if page == "claim" else Certificate].code,
            "pk": things[Session].pk,
            "registration": things[Registration].pk,
        }
        return {name: known[name] for name in address.parameters}
    if space == "messaging":
        of_session = page in ("session", "new")
        known = {"pk": things[Session if of_session else Message].pk, "language": "en"}
        return {name: known[name] for name in address.parameters}
    if space in ("attendance", "interaction"):
        known = (of_attendance if space == "attendance" else of_interaction)(page, things)
        return {name: known[name] for name in address.parameters}
    activity = page in ("activity", "cover", "picture")
    by_number = {
        "evidence": Evidence,
        "research_file": ResearchWork,
        "document": Agreement,
        "material_file": Material,
    }
    known = {
        "object_id": lambda: row_of(page, things).pk,
        "code": lambda: things[Registration].code,
        "secret": lambda: "made-up",
        "token": lambda: token_for(things[Registration].person.pk, "reminder"),
        "section": lambda: "pages",
        "year": lambda: 2026,
        "app_label": lambda: "catalog",
        "key": lambda: world.waiting,
        "name": lambda: "640.webp",
        "uidb36": lambda: "1",
        "pk": lambda: (
            world.passkey
            if page.endswith("_webauthn")
            else things[Letter if page.endswith("_look") else by_number.get(page, Session)].pk
        ),
        "slug": lambda: "dakar" if page == "member" else things[Activity if activity else Host].slug,
    }
    return {name: known[name]() for name in address.parameters}


def of_attendance(page: str, things: Things) -> dict[str, Any]:
    """Most are about one meeting."""
    session = page in ("badges", "helpers", "dismiss_helper")
    return {
        "pk": things[Session if session else Meeting].pk,
        "meeting": things[Meeting].pk,
        "registration": things[Registration].pk,
        "helper": things[Helper].pk,
        "correction": things[Correction].pk,
        "code": things[Guest if page == "guest" else Registration].code,
        "ticket": "made-up",
    }


def of_interaction(page: str, things: Things) -> dict[str, Any]:
    of_meeting = page in ("questions", "moderation", "publication", "file", "wall")
    return {"pk": things[Meeting if of_meeting else Report if page == "report_decision" else Question].pk}


def row_of(page: str, things: Things) -> Any:
    """What a page of the administration is about: “catalog_session_places” about a session."""
    model = next(
        model
        for model in admin.site._registry
        if page.startswith(f"{model._meta.app_label}_{model._meta.model_name}_")
    )
    return Group.objects.get(name=Role.READER) if model is Group else things[model]


# Enough for a step that needs no more than a yes.
YES = {"post": "yes"}


def pressed(address: Address, of: str, world: World) -> dict[str, Any]:
    """What a form sends there: a yes; of a list, that the thing is to be deleted."""
    space, _colon, page = address.name.rpartition(":")
    if space == "admin" and page.endswith("_changelist"):
        row = row_of(page, world.things[of])
        return YES | {"action": "delete_selected", "_selected_action": str(row.pk)}
    return YES
