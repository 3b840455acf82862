"""What staff answered about traces, as it stands in a form: a choice among the likely, or somebody typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from texts.numbers import number_in

from .decisions import ASIDE, LATER, Decision
from .matching import Listed

CHOICE, TYPED, SEEN = "choice-", "typed-", "seen-"


@dataclass
class Answers:
    """By the key of a trace. What is typed goes before what is chosen."""

    chosen: dict[int, str] = field(default_factory=dict)
    typed: dict[int, str] = field(default_factory=dict)
    seen: dict[int, str] = field(default_factory=dict)
    decisions: dict[int, Decision] = field(default_factory=dict)
    errors: dict[int, str] = field(default_factory=dict)


def answered(post: Mapping[str, str], among: Listed) -> Answers:
    answers = Answers(numbered(post, CHOICE), numbered(post, TYPED), numbered(post, SEEN))
    for key in {*answers.chosen, *answers.typed}:
        typed, chosen = answers.typed.get(key, "").strip(), answers.chosen.get(key, "")
        registration = among.called(typed) if typed else None
        if typed and registration is None:
            answers.errors[key] = _("Nobody, or more than one, is called that on the list. Choose from it.")
        elif registration:
            answers.decisions[key] = Decision(registration)
        elif chosen == ASIDE.stands_as:
            answers.decisions[key] = ASIDE
        else:
            number = number_in(chosen)
            answers.decisions[key] = LATER if number is None else Decision(number)
    return answers


def numbered(post: Mapping[str, str], prefix: str) -> dict[int, str]:
    found = {
        number_in(name.removeprefix(prefix)): value for name, value in post.items() if name.startswith(prefix)
    }
    return {number: value for number, value in found.items() if number is not None}
