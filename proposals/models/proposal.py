import secrets
from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from accounts.regions import Region
from catalog.models import Activity, Topic
from hubs.models import Host

from ..states import EDITABLE, OPEN, READ, State
from .call import Call

# No vowels, so no words; nothing that looks like something else.
CODE_LETTERS = "23456789BCDFGHJKMNPQRSTVWXZ"
ANSWER_WITHIN = timedelta(weeks=6)


def new_code() -> str:
    """The reference number, to be read out on the telephone. It opens nothing by itself."""
    letters = "".join(secrets.choice(CODE_LETTERS) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def new_secret() -> str:
    return secrets.token_urlsafe(24)


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def sent(self) -> "ProposalQuerySet":
        """What the staff may know of: everything but drafts."""
        return self.exclude(state=State.DRAFT)

    def open(self) -> "ProposalQuerySet":
        return self.filter(state__in=OPEN)

    def of(self, person: User) -> "ProposalQuerySet":
        """Proposed by this person, alone or with others."""
        together = Proposal.objects.filter(
            co_proposers__person=person, co_proposers__confirmed_at__isnull=False
        ).values("pk")
        return self.filter(Q(person=person) | Q(pk__in=together))

    def shown_to_others(self) -> "ProposalQuerySet":
        """Whose proposers want others to know of them while they are open."""
        return self.filter(is_public=True, state__in=OPEN)


class Proposal(models.Model):
    """An idea of a member for an activity, from its first word to the activity it became.

    `draft` is what its proposers are writing, kept as it was typed. What was sent is a revision, and only that is read.
    The columns below repeat of the last revision what lists ask for.
    """

    code = models.CharField(
        _("reference number"), max_length=12, unique=True, default=new_code, editable=False
    )
    call = models.ForeignKey(
        Call, models.PROTECT, null=True, blank=True, related_name="proposals", verbose_name=_("call")
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT)
    state_since = models.DateTimeField(_("in this state since"), default=timezone.now)
    # Who answers for it. Nobody yet while an address is not proven.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("person"),
    )
    language = models.CharField(
        _("language"), max_length=10, choices=settings.CONTENT_LANGUAGES, default="en"
    )

    # Writing
    secret = models.CharField(max_length=40, unique=True, default=new_secret, editable=False)
    start_key = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)
    draft = models.JSONField(default=dict, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    last_sitting = models.CharField(max_length=40, blank=True, editable=False)
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    saved_at = models.DateTimeField(_("saved"), default=timezone.now)
    # Sent by somebody whose address is not proven yet: this waits for the proof.
    unproven = models.JSONField(null=True, editable=False)
    unproven_at = models.DateTimeField(null=True, editable=False)

    # Of what was sent
    submitted_at = models.DateTimeField(_("received"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=200, blank=True)
    aim = models.CharField(_("aim"), max_length=400, blank=True)
    format = models.CharField(_("format"), max_length=20, choices=Activity.Format, blank=True)
    topics = models.ManyToManyField(Topic, blank=True, related_name="proposals", verbose_name=_("topics"))
    audiences = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    organization = models.ForeignKey(
        Organization,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("organization"),
    )
    organization_name = models.CharField(_("organization as written"), max_length=200, blank=True)
    region = models.CharField(_("region"), max_length=30, choices=Region, blank=True)
    contact_name = models.CharField(_("contact"), max_length=200, blank=True)
    contact_email = models.EmailField(_("e-mail address"), blank=True)
    host = models.ForeignKey(
        Host, models.SET_NULL, null=True, blank=True, related_name="proposals", verbose_name=_("host asked")
    )
    is_public = models.BooleanField(_("others may know of it"), default=False)

    # What became of it. One activity, whoever clicks how often.
    activity = models.OneToOneField(
        Activity,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="proposal",
        verbose_name=_("activity"),
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-submitted_at", "-id"]
        permissions = [
            ("review_proposal", _("May review proposals")),
            ("decide_proposal", _("May decide on proposals")),
            ("see_board", _("May see all proposals and who proposed them")),
            ("export_proposal", _("May export proposals")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(submitted_at__isnull=False),
                name="proposal_was_received_when_sent",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(person__isnull=False), name="proposal_sent_has_a_person"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "submitted_at"], name="proposal_by_state"),
            GinIndex(OpClass("title", "gin_trgm_ops"), name="proposal_title_trigrams"),
        ]

    def __str__(self) -> str:
        return self.title or gettext("Without a title")

    def get_absolute_url(self) -> str:
        return reverse("proposals:proposal", args=[self.code])

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def may_be_edited(self) -> bool:
        return self.state in EDITABLE

    @property
    def is_read(self) -> bool:
        return self.state in READ

    @property
    def hides_names(self) -> bool:
        return self.call is not None and self.call.hides_names

    @property
    def shown_state(self) -> State:
        """Published a minute ago is published: the state follows on the next round (tasks.follow)."""
        if self.state == State.ACCEPTED and self.activity and self.activity.is_public:
            return State.BECAME_ACTIVITY
        return State(self.state)

    @property
    def answer_by(self) -> date | None:
        """The day by which its proposers were promised an answer."""
        if self.call is not None:
            return self.call.answers_on
        return (self.submitted_at + ANSWER_WITHIN).date() if self.submitted_at else None

    def typed(self, name: str) -> str | list[str] | None:
        """What stands in a field of the draft, as it was typed: a text, or a list of texts. None when never touched."""
        answer: str | list[str] | None = self.draft.get(name)
        return answer

    @property
    def typed_title(self) -> str:
        return str(self.draft.get("title") or self.title or "").strip()

    def age_in_days(self, now: datetime) -> int:
        return (now - (self.submitted_at or self.started_at)).days
