"""Numbers in addresses and forms. `str.isdigit()` is true for “²” and “٣”, and `int()` takes only one of them."""


def number_in(text: str, *, most: int = 2**31 - 1) -> int | None:
    """The whole number, from 0 to `most`, that plain digits (0 to 9) spell; None for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most))):
        return None
    number = int(text)
    return number if number <= most else None
