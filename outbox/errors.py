from django.utils.functional import Promise


class Refused(Exception):
    """What staff asked for cannot be done with this letter. `sentence` says why, in the reader's language."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence
