"""What a call has promised stands."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests import cast

from . import making

pytestmark = pytest.mark.django_db


def test_what_a_call_says_of_names_stands_once_something_was_sent(client):
    """The form says so, the model refuses it, and the database too, whoever writes the row."""
    call = making.call(hides_names=True)
    making.draft(cast.person(), call=call)
    call.hides_names = False
    call.full_clean()  # a draft binds nobody yet
    call.save()
    call.hides_names = True
    call.save()
    making.sent(call=call)
    call.hides_names = False
    with pytest.raises(ValidationError) as refused:
        call.full_clean()
    assert refused.value.message_dict == {
        "hides_names": ["Something was sent to this call already, so who sees names in it stands."]
    }
    with pytest.raises(IntegrityError, match="who sees names in it stands"), transaction.atomic():
        call.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(call).objects.update(hides_names=False)
    call.refresh_from_db()
    assert call.hides_names
    call.title = "Cities by night"
    call.full_clean()
    call.save()  # all else may change
