"""Why an operator's command is not done. The sentences are in English, as all of the operator's words."""


class Refused(Exception):
    sentence = ""

    def __str__(self) -> str:
        return self.sentence


class NoSuchKey(Refused):
    sentence = "There is no such key. “manage.py badge_key list” names those there are."


class LeakedAlready(Refused):
    sentence = "That this key leaked is known already."
