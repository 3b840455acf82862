"""What may not grow: the lines of a file and of a room, and the lines that are kept from the type checker.

There is no list of exceptions. What has grown too long holds more than one thing, and a cut follows the things.
Functions are kept short by the linter: their complexity is a setting of ruff's in pyproject.toml.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping

from tools.house_rules import texts

LINES_OF_A_FILE = 400
LINES_OF_A_ROOM = 5_000
IGNORED_TYPES = 40

IGNORES = re.compile(r"#\s*type:\s*ignore")
# The error's code, and after two spaces a comment that says why it is no error.
WITH_CODE_AND_REASON = re.compile(r"#\s*type:\s*ignore\[[a-z-]+(, ?[a-z-]+)*\]  # \w")


def main() -> int:
    code = {path: text for path, text in texts("*.py", "**/*.py") if "/migrations/" not in path}
    rooms = {path: text for path, text in code.items() if "/" in path and not path.startswith("tests/")}
    complaints = [*long_files(code), *large_rooms(rooms), *kept_from_the_type_checker(rooms)]
    for complaint in complaints:
        print(complaint)
    return 1 if complaints else 0


def long_files(code: Mapping[str, str]) -> Iterator[str]:
    """Tests too. `code` gives each file's text by its path."""
    for path, text in code.items():
        if (lines := len(text.splitlines())) > LINES_OF_A_FILE:
            yield f"{path}: {lines} lines; {LINES_OF_A_FILE} are the most"


def large_rooms(code: Mapping[str, str]) -> Iterator[str]:
    """A room is a folder of the checkout, with all that it holds but migrations."""
    lines: Counter[str] = Counter()
    for path, text in code.items():
        lines[path.partition("/")[0]] += len(text.splitlines())
    for room, size in lines.items():
        if size > LINES_OF_A_ROOM:
            yield f"{room}/: {size} lines; {LINES_OF_A_ROOM} are the most"


def kept_from_the_type_checker(code: Mapping[str, str]) -> Iterator[str]:
    found = [
        (f"{path}:{number}", line)
        for path, text in code.items()
        for number, line in enumerate(text.splitlines(), 1)
        if IGNORES.search(line)
    ]
    for place, line in found:
        if not WITH_CODE_AND_REASON.search(line):
            yield f"{place}: `type: ignore` without its code in brackets, or without a comment that says why"
    if len(found) > IGNORED_TYPES:
        yield f"{len(found)} lines with `type: ignore`; {IGNORED_TYPES} are the most"


if __name__ == "__main__":
    sys.exit(main())
