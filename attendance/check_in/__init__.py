"""Check-in by the participant: a code on a screen, for one meeting, that changes every half minute.

It proves that a person saw the code, no more. The codes are worked out, not stored; a page opened in time is kept good for
a quarter of an hour by a ticket (`tickets.py`), so that whoever needs a while to sign in is noted all the same.
"""
