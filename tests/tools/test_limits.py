"""The limits, each at its edge. Whether the checkout keeps them is asked by `make check`."""

from tools import limits

FULL = "line\n" * limits.LINES_OF_A_FILE
IGNORING = "x = y()  # type: ignore[no-any-return]  # of a library without types\n"


def test_a_file_may_be_full():
    assert list(limits.long_files({"hubs/models.py": FULL, "tests/hubs/test_models.py": FULL})) == []


def test_one_line_more_is_named():
    found = list(limits.long_files({"hubs/models.py": FULL + "line", "tests/cast.py": "line\n"}))
    assert found == ["hubs/models.py: 401 lines; 400 are the most"]


def test_a_room_may_be_full():
    files = {f"hubs/part_{number}.py": "line\n" * 100 for number in range(50)}
    assert list(limits.large_rooms(files | {"desk/lists.py": FULL})) == []


def test_a_room_is_counted_with_its_folders():
    files = {f"hubs/admin/part_{number}.py": "line\n" * 100 for number in range(50)}
    assert list(limits.large_rooms(files | {"hubs/urls.py": "line"})) == [
        "hubs/: 5001 lines; 5000 are the most"
    ]


def test_what_is_ignored_says_what_and_why():
    assert list(limits.kept_from_the_type_checker({"hubs/a.py": IGNORING * limits.IGNORED_TYPES})) == []


def test_one_more_ignored_is_too_many():
    files = {"hubs/a.py": IGNORING * limits.IGNORED_TYPES, "desk/b.py": IGNORING}
    assert list(limits.kept_from_the_type_checker(files)) == ["41 lines with `type: ignore`; 40 are the most"]


def test_ignored_without_code_or_reason_is_named():
    for line in (
        "x = y()  # type: ignore",
        "x = y()  # type: ignore[misc]",
        "x = y()  # type: ignore  # why not",
    ):
        found = list(limits.kept_from_the_type_checker({"hubs/a.py": f"import y\n{line}\n"}))
        assert found == [
            "hubs/a.py:2: `type: ignore` without its code in brackets, or without a comment that says why"
        ]
