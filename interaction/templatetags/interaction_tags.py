from django import template

from catalog.models import Activity

from .. import own_questions
from ..models import Question

register = template.Library()


@register.simple_tag
def answered_in_public(activity: Activity) -> list[Question]:
    return own_questions.in_public(activity)
