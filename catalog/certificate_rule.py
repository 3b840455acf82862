"""When somebody has taken part: the rule of an activity, as data. It promises a certificate where somebody signs for the
host (`rule_told.py`).

It counts meetings or minutes; who was at which is not known here. What one learns at one's own pace has no meetings:
there it says nothing, and is kept for the courses to come.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy


class Certificate(TextChoices):
    NONE = "none", pgettext_lazy("certificate", "none")
    PARTICIPATION = "participation", gettext_lazy("participation")
    COMPLETION = "completion", gettext_lazy("completion")

    @property
    def title_words(self) -> str:
        """As it stands on the certificate. Of none there is none."""
        if self == Certificate.COMPLETION:
            return _("Certificate of completion")
        return _("Certificate of participation")


class Counted(TextChoices):
    MEETINGS = "meetings", gettext_lazy("meetings")
    MINUTES = "minutes", gettext_lazy("minutes")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """At least so many percent of the meetings, or of their minutes.

    Excused is not present. Where `leaves_out_excused`, the percent are of what remains when that is taken out.
    """

    certificate: Certificate
    percent: int  # 1 to 100
    percent_of: Counted
    leaves_out_excused: bool = False

    def needed(self, of: int) -> int:
        """How many of so many meetings, or minutes, rounded up: 80 % of 5 are 4, 50 % of 3 are 2. Of none, none."""
        return -(-of * self.percent // 100)

    def counted(self, *, excused: int, of: int) -> int:
        """Of so many, how many the percent are taken of."""
        return of - excused if self.leaves_out_excused else of

    def met_by(self, *, present: int, excused: int, of: int) -> bool:
        """Whether it is met with so many meetings, or minutes: `present` and `excused` are parts of all, `of`.

        Not by who was never there: of no meetings, and of none but excused ones, nothing is met.
        """
        if min(present, excused) < 0 or present + excused > of:
            raise ValueError(f"{present} present and {excused} excused are no parts of {of}.")
        return present > 0 and present >= self.needed(self.counted(excused=excused, of=of))

    def in_favor_of(self, other: "Rule | None") -> bool:
        """Whether nobody who met the other fails this one, whatever the session.

        It asks the same or less, of the same, for the same. Any rule is in favor of none; meetings and minutes cannot be
        compared, nor can the two kinds of certificate.
        """
        return other is None or (
            (self.certificate, self.percent_of) == (other.certificate, other.percent_of)
            and self.percent <= other.percent
            and self.leaves_out_excused >= other.leaves_out_excused
        )

    # In words, in the language of the page

    @property
    def label(self) -> str:
        """What the words beside it say how to do, where no certificate is promised."""
        if self.certificate == Certificate.COMPLETION:
            return _("To complete it")
        return _("To have taken part")

    def words(self, meetings: int | None = None) -> str:
        """“present at 4 of 5 meetings or more”: for a session of so many meetings; for any, in percent.

        Where excused meetings are left out it is told in percent always: of how many is known when all is over.
        """
        if self.percent_of == Counted.MINUTES:
            presence = self.of_the_minutes()
        elif meetings and not self.leaves_out_excused:
            presence = self.of_so_many(meetings)
        else:
            presence = self.of_the_meetings()
        if not self.leaves_out_excused:
            return presence
        return _("%(presence)s; meetings for which one is excused are not counted") % {"presence": presence}

    def of_the_minutes(self) -> str:
        if self.percent == 100:
            return _("present from the first minute to the last")
        return _("present for %(percent)d%% of the minutes or more") % {"percent": self.percent}

    def of_the_meetings(self) -> str:
        if self.percent == 100:
            return _("present at every meeting")
        return _("present at %(percent)d%% of the meetings or more") % {"percent": self.percent}

    def of_so_many(self, meetings: int) -> str:
        needed = self.needed(meetings)
        if needed == meetings:
            return ngettext("present at the meeting", "present at all %(count)d meetings", meetings) % {
                "count": meetings
            }
        return ngettext(
            "present at %(needed)d of %(count)d meeting or more",
            "present at %(needed)d of %(count)d meetings or more",
            meetings,
        ) % {"needed": needed, "count": meetings}


def is_in_favor(new: Rule | None, old: Rule | None) -> bool:
    """Whether nobody loses by the change from the old rule to the new one. None takes away what was promised."""
    return new == old or (new is not None and new.in_favor_of(old))
