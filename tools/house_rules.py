"""Rules of this house that no linter knows. Each says what it found and where."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from learning_station.addresses import CHECKOUT
from tools import style_rules

# Written in pieces, so that this file does not break the rule it holds.
REGISTRIES = re.compile(
    "|".join(["py" + r"pi\.org", "pythonhosted" + r"\.org", r"registry\.npm" + "js", "index" + "-url ="])
)

# Folders in which many people keep a checkout: their names say nothing about one machine.
COMMON_FOLDERS = {"/", "/tmp", "/home", "/root", "/srv", "/opt", "/var/tmp", "/usr/src"}  # noqa: S108

PHYSICAL = re.compile(
    r"""(?<![\w-])(
        (margin|padding|border)-(left|right)(-\w+)* |
        (left|right) |
        border-(top|bottom)-(left|right)-radius
    )\s*: | (text-align|float|clear)\s*:\s*(left|right)\b""",
    re.VERBOSE,
)
INLINE = re.compile(
    r"""<[a-zA-Z][^>]*\s(style|on[a-z]+)\s*=\s*["']|<style\b|<script(?![^>]*\bsrc=)(?![^>]*type="application/)"""
)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def main() -> int:
    complaints = [
        complaint
        for rule in (
            no_registries,
            no_paths_of_this_machine,
            logical_css,
            styles_keep_their_form,
            nothing_inline,
            locks_match,
        )
        for complaint in rule()
    ]
    for complaint in complaints:
        print(complaint)
    return 1 if complaints else 0


def no_registries() -> Iterator[str]:
    """Where packages come from is a matter of the machine they are installed on."""
    for path, text in texts():
        yield from (f"{path}:{line}: names a package registry" for line in lines(text, REGISTRIES))


def no_paths_of_this_machine() -> Iterator[str]:
    folders = {str(CHECKOUT), str(CHECKOUT.parent)} - COMMON_FOLDERS
    here = re.compile("|".join(rf"(?<![\w.-]){re.escape(folder)}/" for folder in folders) or "(?!)")
    for path, text in texts():
        yield from (f"{path}:{line}: names a folder of this machine" for line in lines(text, here))


def logical_css() -> Iterator[str]:
    """`inline-start`, not `left`: one style sheet for both directions of writing. Many mail programs know only the old."""
    for path, text in texts("static/**/*.css", "!static/css/mail.css"):
        for line in lines(blank_comments(text), PHYSICAL):
            yield f"{path}:{line}: a physical property; use the logical one (inline-start, inline-end …)"


def styles_keep_their_form() -> Iterator[str]:
    """Colors are tokens, names are prefixed, states are nested (tools/style_rules.py)."""
    templates = "".join(text for _path, text in texts("templates/**/*.html"))
    yield from style_rules.complaints(
        dict(texts("static/**/*.css")), templates, style_rules.variables_of_the_admin()
    )


def nothing_inline() -> Iterator[str]:
    """The content policy of the pages forbids inline styles and scripts. Letters need them, and have no policy."""
    for path, text in texts("templates/**/*.html"):
        if "templates/mail/" not in path:
            yield from (f"{path}:{line}: an inline style or script" for line in lines(text, INLINE))


def locks_match() -> Iterator[str]:
    """A pin changed without `make lock` would not be installed; a server of one machine has no place in production."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    run = pins(project["project"]["dependencies"])
    local, dev = (pins(project["dependency-groups"][group]) for group in ("local", "dev"))
    wanted = {
        "requirements-run.lock": run,
        "requirements-local.lock": local,
        "requirements.lock": run | local | dev,
    }
    for name, pinned in wanted.items():
        locked = set(re.findall(r"^([\w.-]+==[\w.]+)", (CHECKOUT / name).read_text(), re.MULTILINE))
        for pin in sorted(pinned - locked):
            yield f"{name}: {pin} of pyproject.toml is missing; run `make lock`"
        for pin in sorted(locked & local - pinned):
            yield f"{name}: {pin} is a server of one machine alone; run `make lock`"


def pins(listed: list[str | dict[str, str]]) -> set[str]:
    """`name==version` of each that is listed itself, without its extras."""
    return {re.sub(r"\[.*?\]", "", requirement) for requirement in listed if isinstance(requirement, str)}


def texts(*patterns: str) -> Iterator[tuple[str, str]]:
    """The committed and the new files, as far as they are text."""
    listed = subprocess.run(
        [
            "git",
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "-z",
            "--",
            *map(pathspec, patterns),
        ],
        cwd=CHECKOUT,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        path = CHECKOUT / Path(name)
        if path.is_file():
            try:
                yield name, path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


def pathspec(pattern: str) -> str:
    return f":(exclude,glob){pattern[1:]}" if pattern.startswith("!") else f":(glob){pattern}"


def lines(text: str, pattern: re.Pattern[str]) -> Iterator[int]:
    return (text.count("\n", 0, match.start()) + 1 for match in pattern.finditer(text))


def blank_comments(text: str) -> str:
    return COMMENT.sub(lambda comment: "\n" * comment.group().count("\n"), text)


if __name__ == "__main__":
    sys.exit(main())
