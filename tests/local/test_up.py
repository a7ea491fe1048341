"""The manners of `make run`: one at a time, clear words for a busy port, edits noticed, nothing left behind."""

import socket
from pathlib import Path

import pytest

from infra.local import children, up, watch
from infra.local.place import Place, free_port


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A place where nothing runs."""
    return Place(tmp_path / "state", free_port(), free_port(), free_port(), free_port())


def test_a_second_start_says_where_the_first_one_is(place: Place):
    there = f"already running at http://localhost:{place.port}"
    with up.only_one(place), pytest.raises(SystemExit, match=there), up.only_one(place):
        pass
    with up.only_one(place):
        pass


def test_a_busy_port_is_named_with_a_way_out(place: Place):
    said = rf"Port {place.emulator_port} is in use.*EMULATOR_PORT="
    with socket.create_server(("127.0.0.1", place.emulator_port)), pytest.raises(SystemExit, match=said):
        up.check_ports(place)
    up.check_ports(place)


def test_edits_additions_and_removals_are_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(watch, "ROOT", tmp_path)
    (tmp_path / "code" / "__pycache__").mkdir(parents=True)
    first = tmp_path / "code" / "a.py"
    first.write_text("1")
    looking = watch.Watch(["code", "nothing-yet"])
    assert looking.changed() == []
    first.write_text("22")
    (tmp_path / "code" / "b.py").write_text("")
    (tmp_path / "code" / "__pycache__" / "a.pyc").write_text("")
    assert [each.name for each in looking.changed()] == ["a.py", "b.py"]
    first.unlink()
    assert [each.name for each in looking.changed()] == ["a.py"]
    assert looking.changed() == []


def test_a_child_that_cannot_start_says_why(place: Place, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(children, "emulator_python", lambda: Path("/bin/false"))
    with pytest.raises(children.Failed, match="The local AWS did not start"):
        children.emulator(place)
