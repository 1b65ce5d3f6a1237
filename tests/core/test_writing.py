"""Whole files: the new text or the old one, never half of it, and nothing left beside it."""

import os
import stat
from contextlib import suppress
from pathlib import Path

import pytest

from mmlviz.core.writing import write_whole


def test_a_new_file_and_one_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write_whole(path, "first – ∂\n".encode())
    assert path.read_bytes() == "first – ∂\n".encode()
    write_whole(path, b"second")
    assert path.read_text() == "second"
    assert os.listdir(tmp_path) == ["a.json"]


@pytest.mark.skipif(os.name != "posix", reason="rights of another kind")
def test_rights_stay_and_new_files_have_the_usual_ones(tmp_path: Path) -> None:
    path, usual = tmp_path / "a.json", tmp_path / "b.json"
    write_whole(path, b"1")
    usual.write_text("as open() makes it")
    assert path.stat().st_mode == usual.stat().st_mode
    path.chmod(0o604)
    write_whole(path, b"2")
    assert stat.S_IMODE(path.stat().st_mode) == 0o604


def test_a_file_that_must_not_be_written_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.json"
    path.write_text("old")
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everything
    with pytest.raises(PermissionError):
        write_whole(path, b"new")
    assert path.read_text() == "old"


@pytest.mark.parametrize("name", ["x" * 245 + ".json", "矩" * 80 + ".json"])
def test_long_names(tmp_path: Path, name: str) -> None:
    write_whole(tmp_path / name, b"new")
    assert (tmp_path / name).read_text() == "new"


@pytest.mark.skipif(os.name != "posix", reason="links of another kind")
def test_a_link_to_itself(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with suppress(OSError):  # an error or a file, but nothing else
        write_whole(tmp_path / "a", b"new")


@pytest.mark.skipif(os.name != "posix", reason="links of another kind")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    real, link = tmp_path / "real" / "a.json", tmp_path / "a.json"
    real.write_text("old")
    link.symlink_to(real)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert real.read_text() == "new"


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_where_it_fails_the_old_file_stays_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "a.json"
    path.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, b"new")
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["a.json"]


def test_it_is_flushed_to_the_disc_before_it_is_renamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = []
    fsync, replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda handle: (done.append("flushed"), fsync(handle)))
    monkeypatch.setattr(os, "replace", lambda a, b: (done.append("renamed"), replace(a, b)))
    write_whole(tmp_path / "a.json", b"text")
    assert done == ["flushed", "renamed"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        write_whole(tmp_path / "gone" / "a.json", b"text")
