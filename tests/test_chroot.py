"""Pythons in a chroot: the commands that are run, and the reasons why a chroot is not possible. No test makes a chroot."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import chroot
import outside
import pytest


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the chroot, on a simulated Linux system with every tool, as root."""
    monkeypatch.setattr(chroot, "FOLDER", tmp_path / ".pythons")
    monkeypatch.setattr(chroot, "SYSTEM", tmp_path / ".pythons" / "debian")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(shutil, "which", lambda name, path: f"/usr/sbin/{name}")
    return tmp_path / ".pythons"


def run_instead(monkeypatch: pytest.MonkeyPatch, failing: str, reason: str) -> list[tuple[str, ...]]:
    """Replaces the execution of commands and returns their list.

    Commands with the word `failing` fail with the reason; debootstrap makes a folder.
    """
    commands: list[tuple[str, ...]] = []

    def run(*command: str) -> None:
        commands.append(command)
        if command[0] == "rm":
            subprocess.run(command, check=True)
        if "sid" in command:
            Path(command[-2], "etc/apt/apt.conf.d").mkdir(parents=True)
        if failing in command:
            raise chroot.UnavailableError(reason)

    monkeypatch.setattr(chroot, "_run", run)
    return commands


@pytest.mark.parametrize(
    ("sources", "mirror"),
    [
        ("Types: deb\n# http://snapshot.debian.org/archive/debian/2025\nURIs: http://deb.debian.org/debian\n", None),
        (
            "deb http://security.debian.org/debian-security x main\ndeb https://mirror.example/debian/ sid main\n",
            "https://mirror.example/debian",
        ),
        ("deb [signed-by=/k.gpg] http://10.0.0.1:8080/pub/debian trixie main", "http://10.0.0.1:8080/pub/debian"),
        ("deb http://archive.ubuntu.com/ubuntu noble main\n", None),
        ("", None),
    ],
)
def test_the_mirror_is_the_first_one_of_apt(sources: str, mirror: str | None) -> None:
    """The first mirror of Debian in the sources, except comments and archives of security updates."""
    assert chroot.mirror_of(sources) == (mirror or "http://deb.debian.org/debian")


def test_few_variables_are_passed_into_the_chroot() -> None:
    """Those for pip, proxies, certificates and tests; never the paths or keys of the system."""
    passed_on = {"PIP_INDEX_URL": "x", "https_proxy": "y", "NO_PROXY": "z", "SSL_CERT_FILE": "/c", "CI": "true", "PUSHCODEC_X": "1"}
    entered = chroot.environment({**passed_on, "PATH": "/mine", "HOME": "/me", "KEY": "k", "PYTHONPATH": "/p", "LANG": "l"})
    assert passed_on.items() <= entered.items()
    assert entered.keys() - passed_on.keys() == {"PATH", "HOME", "LANG", "DEBIAN_FRONTEND"}
    assert entered["PATH"].startswith("/usr/local/sbin:")


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        ("I: Retrieving\nE: Failed getting release file http://x\n", "E: Failed getting release file http://x"),
        ("W: Failure trying to run: mount\nW: See /x/debootstrap.log\n", "W: Failure trying to run: mount"),
        ("unshare: unshare failed: Operation not permitted\n\n", "unshare: unshare failed: Operation not permitted"),
        (" \n", "no output"),
    ],
)
def test_a_reason_is_one_line(output: str, reason: str) -> None:
    """The first error that apt or debootstrap prints; for another command its last line."""
    assert chroot.reason_of(output) == reason


def test_folders_have_the_same_paths_inside(tmp_path: Path) -> None:
    """Folders to read that do not exist are left out; the others follow the folders to write."""
    (tmp_path / "a b").mkdir()
    words = chroot.enter(tmp_path, [tmp_path], [tmp_path / "absent", tmp_path / "a b"])
    assert words[:4] == ["unshare", "--mount", "--propagation", "private"]
    assert words[-6:] == [str(chroot.SYSTEM), str(tmp_path), "1", "2", str(tmp_path), str(tmp_path / "a b")]


def test_the_chroot_is_made_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest of an interrupted run is removed; a complete chroot is used again, with current settings."""
    (folder / "debian.unfinished" / "half").mkdir(parents=True)
    certificate = folder.parent / "certificate.pem"
    certificate.write_text("one")
    monkeypatch.setenv("PIP_CERT", str(certificate))
    commands = run_instead(monkeypatch, "", "")
    chroot.prepare("python3.14")
    assert not (folder / "debian.unfinished").exists()
    assert sum("debootstrap" in command for command in commands) == 1
    assert 'Check-Valid-Until "false"' in (folder / "debian/etc/apt/apt.conf.d/99pushcodec").read_text()
    certificate.write_text("two")
    chroot.prepare("python3.15")
    assert sum("debootstrap" in command for command in commands) == 1
    assert Path(f"{folder}/debian{certificate}").read_text() == "two"
    chroot.remove()
    assert [path.name for path in folder.iterdir()] == ["lock"]


@pytest.mark.parametrize("failing", ["true", "debootstrap", "python3.15"])
def test_the_error_of_a_failing_command_is_the_reason(failing: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For a missing right to unshare, a failed download and a missing package; no incomplete chroot is left."""
    run_instead(monkeypatch, failing, "E: the reason")
    with pytest.raises(chroot.UnavailableError, match=r"^E: the reason$"):
        chroot.prepare("python3.15")
    assert {path.name for path in folder.iterdir()} == {"lock", *(["debian"] if failing == "python3.15" else [])}


def test_a_missing_debootstrap_is_installed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By apt; if that fails, its error is the reason."""
    monkeypatch.setattr(shutil, "which", lambda name, path: None)
    commands = run_instead(monkeypatch, "install", "E: Unable to locate package debootstrap")
    with pytest.raises(chroot.UnavailableError, match="Unable to locate package"):
        chroot.prepare("python3.14")
    assert [command[0] for command in commands] == ["unshare", "apt-get", "apt-get"]
    assert not (folder / "debian").exists()


def test_a_full_disk_is_a_reason(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The space is checked before anything is downloaded; an error while writing is a reason, too."""
    commands = run_instead(monkeypatch, "", "")
    monkeypatch.setattr(chroot, "NEEDED_BYTES", 2**60)
    with pytest.raises(chroot.UnavailableError, match="GiB are free in"):
        chroot.prepare("python3.14")
    assert [command for command in commands if "debootstrap" in command] == []
    folder.joinpath("lock").unlink()
    folder.joinpath("lock").mkdir()
    with pytest.raises(chroot.UnavailableError, match="Is a directory"):
        chroot.prepare("python3.14")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("name", "value"), [("platform", "darwin"), ("geteuid", lambda: 1000)])
def test_only_root_on_linux_can_make_a_chroot(name: str, value: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """For others that is the reason, and no command is run."""
    commands = run_instead(monkeypatch, "", "")
    monkeypatch.setattr(sys if name == "platform" else os, name, value)
    with pytest.raises(chroot.UnavailableError, match="needs Linux and root"):
        chroot.prepare("python3.14")
    assert commands == []


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", ["python", "python3.14t", "/usr/bin/python3.14", "python3.14; true", ""])
def test_only_names_of_pythons_are_passed_to_apt(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A chroot has the Pythons of Debian, under their names in Debian."""
    commands = run_instead(monkeypatch, "", "")
    with pytest.raises(chroot.UnavailableError, match="not the name of a Python"):
        chroot.prepare(name)
    assert commands == []


def test_a_failing_command_has_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a command that fails, one that does not exist, and one that takes too long; its children are ended."""
    with pytest.raises(chroot.UnavailableError, match=r"^two$"):
        chroot._run("sh", "-c", "echo one; echo two >&2; exit 3")
    with pytest.raises(FileNotFoundError):
        chroot._run("no-such-command")
    monkeypatch.setattr(chroot, "SECONDS", 0.1)
    with pytest.raises(chroot.UnavailableError, match=r"^sh took more than 0.1 s$"):
        chroot._run("sh", "-c", "sleep 60 & wait")


# The tests outside the checkout


@pytest.fixture
def no_builds(monkeypatch: pytest.MonkeyPatch) -> None:
    def build(*_: object) -> None:
        raise AssertionError("nothing is built for a Python that is absent")

    monkeypatch.setattr(outside, "build", build)


@pytest.mark.usefixtures("no_builds", "folder")
@pytest.mark.parametrize(("options", "status"), [(["--or-skip"], 0), ([], 2)])
def test_an_absent_python_is_skipped_with_the_reason(
    options: list[str], status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With `--or-skip` that is no failure; the reason is printed in both cases."""
    run_instead(monkeypatch, "debootstrap", "E: no network")
    monkeypatch.setattr(sys, "argv", ["outside.py", "--python", "python3.99", *options])
    assert outside.main() == status
    assert capsys.readouterr().out == "wheel: python3.99: skipped: E: no network\n"


def test_a_complete_python_of_this_system_needs_no_chroot(tmp_path: Path) -> None:
    """A Python that can make an environment runs on this system."""
    assert outside.words_before(sys.executable, tmp_path) is outside.on_this_system


def test_a_failing_command_is_an_error(tmp_path: Path) -> None:
    """The error has the exit status of the command."""
    with pytest.raises(subprocess.CalledProcessError) as caught:
        outside.run(sys.executable, "-c", "raise SystemExit(3)", cwd=tmp_path, before=outside.on_this_system)
    assert caught.value.returncode == 3
    assert outside.run(sys.executable, "-c", "print('== 7 ==')", cwd=tmp_path, before=outside.on_this_system) == "7"
