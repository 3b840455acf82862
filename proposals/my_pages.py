from datetime import datetime

from accounts.models import User
from accounts.my_pages import Section


def what_i_propose(person: User, now: datetime) -> Section:
    return Section("proposals/_my_pages.html", {})
