"""Runs a Python of Debian sid in a chroot: `python tools/chroot.py python3.15 [ARGUMENT …]`, `python tools/chroot.py --remove`.

Debian sid packages Pythons that neither the system nor pyenv has. The chroot is `.pythons/debian` in the checkout. Each command has
a mount namespace of its own, so nothing stays mounted after it, and the system's `/dev` and `/proc` are never part of the chroot.
`prepare` raises `UnavailableError` with the reason if a machine cannot do this: it needs root, unshare, a mirror of Debian, and
debootstrap, which apt installs if it is absent.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

FOLDER = Path(__file__).parents[1] / ".pythons"
SYSTEM = FOLDER / "debian"
DEFAULT_MIRROR = "http://deb.debian.org/debian"
NEEDED_BYTES = 2 * 2**30
SECONDS = 300  # for each command; a network that does not answer must not stop the run

_MIRROR = re.compile(r"https?://\S*/debian/?(?=\s|$)")
_PASSED_ON = re.compile(r"PIP_\w+|PUSHCODEC_\w+|HYPOTHESIS_\w+|CI|TERM|(https?|no|all)_proxy", re.IGNORECASE)
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_CERTIFICATES = ("PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
_COPIED = ("/etc/resolv.conf", "/etc/hosts", "/etc/pip.conf", "/etc/ssl/certs/ca-certificates.crt")
_APT_OPTIONS = (
    'Acquire::Check-Valid-Until "false";\nAcquire::Retries "2";\nAcquire::http::Timeout "30";\nDPkg::Lock::Timeout "60";\n'
)

# $1 the chroot, $2 the working folder, $3 the number of writable folders, $4 that of all folders, the folders, the command
_ENTER = """set -e
root=$1 folder=$2 writable=$3 folders=$4
shift 4
mount -t proc proc "$root/proc"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
mount -t tmpfs tmpfs "$root/dev/shm"
while [ "$folders" -gt 0 ]; do
  mkdir -p "$root$1"
  mount --bind "$1" "$root$1"
  [ "$writable" -gt 0 ] || mount -o remount,ro,bind "$root$1"
  folders=$((folders - 1)) writable=$((writable - 1))
  shift
done
exec chroot "$root" /bin/sh -c 'cd "$0" && exec "$@"' "$folder" "$@"
"""
_PRIVATE = ("unshare", "--mount", "--propagation", "private")


class UnavailableError(Exception):
    """This machine cannot provide the Python; the message is the reason."""


def mirror_of(sources: str) -> str:
    """The first mirror of Debian in the text of apt's sources, else the default."""
    lines = (line for line in sources.splitlines() if not line.lstrip().startswith("#"))
    found = _MIRROR.search("\n".join(lines))
    return found[0].rstrip("/") if found else DEFAULT_MIRROR


def environment(outer: Mapping[str, str]) -> dict[str, str]:
    """The variables for a command in the chroot: pip's, proxies, certificates and those that the tests read."""
    passed_on = {name: value for name, value in outer.items() if _PASSED_ON.fullmatch(name) or name in _CERTIFICATES}
    return {**passed_on, "PATH": _PATH, "HOME": "/root", "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}


def enter(folder: Path, writable: Sequence[Path], read_only: Sequence[Path] = ()) -> list[str]:
    """The arguments before a command that run it in the chroot; the folders have the same paths there as outside."""
    folders = [*map(str, writable), *(str(each) for each in read_only if each.is_dir())]
    return [*_PRIVATE, "sh", "-c", _ENTER, "sh", str(SYSTEM), str(folder), str(len(writable)), str(len(folders)), *folders]


def reason_of(output: str) -> str:
    """The reason in the output of a failed command: the first error of apt or debootstrap, else the last line."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if re.match("E: |W: Failure", line)]
    return [*errors[:1], *lines[-1:], "no output"][0]


def prepare(python: str) -> None:
    """Creates the chroot if it is absent, and installs the Python in it. Raises UnavailableError with the reason if that fails."""
    if sys.platform != "linux" or os.geteuid():
        raise UnavailableError("a chroot needs Linux and root")
    if not re.fullmatch(r"python3\.\d+", python):
        raise UnavailableError("not the name of a Python that Debian has")
    try:
        with _lock():
            _run(*_PRIVATE, "true")
            _make()
            _copy_settings()
            _install(python)
    except OSError as error:
        raise UnavailableError(f"{error}") from error


def remove() -> None:
    """Removes the chroot. It stays on one file system, in case something is mounted there."""
    if FOLDER.exists():
        with _lock():
            _remove(SYSTEM)
            _remove(_unfinished())


@contextmanager
def _lock() -> Iterator[None]:
    """Several runs share the chroot; this lock lets only one at a time create it."""
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _unfinished() -> Path:
    return SYSTEM.with_name(SYSTEM.name + ".unfinished")


def _remove(folder: Path) -> None:
    if folder.exists():
        _run("rm", "-rf", "--one-file-system", str(folder))


def _make() -> None:
    """Creates the chroot under another name and renames it when it is complete, so that an interruption leaves no half of one."""
    _remove(_unfinished())
    if SYSTEM.exists():
        return
    if not shutil.which("debootstrap", path=_PATH):
        _run("apt-get", "update", "-qq")
        _run("apt-get", "install", "-y", "-qq", "-o", "DPkg::Lock::Timeout=60", "debootstrap")
    if shutil.disk_usage(FOLDER).free < NEEDED_BYTES:
        raise UnavailableError(f"less than {NEEDED_BYTES // 2**30} GiB are free in {FOLDER}")
    sources = [Path("/etc/apt/sources.list"), *sorted(Path("/etc/apt/sources.list.d").glob("*"))]
    mirror = mirror_of("\n".join(path.read_text("utf-8", "replace") for path in sources if path.is_file()))
    bootstrap = ("debootstrap", "--variant=minbase", "--include=ca-certificates", "sid")
    try:
        _run(*_PRIVATE, *bootstrap, str(_unfinished()), mirror)
        (_unfinished() / "etc/apt/apt.conf.d/99pushcodec").write_text(_APT_OPTIONS + _apt_proxies())
        _unfinished().rename(SYSTEM)
    finally:
        _remove(_unfinished())


def _apt_proxies() -> str:
    """The lines of the system's apt configuration that name a proxy."""
    dumped = subprocess.run(["apt-config", "dump"], capture_output=True, text=True, check=False).stdout
    return "".join(line + "\n" for line in dumped.splitlines() if re.match(r"Acquire::https?::Proxy", line))


def _copy_settings() -> None:
    """Copies the system's name servers, pip configuration and certificates into the chroot."""
    for name in {*_COPIED, *(os.environ[name] for name in _CERTIFICATES if name in os.environ)}:
        copied = SYSTEM / name.lstrip("/")
        if name.startswith("/") and Path(name).is_file():
            copied.parent.mkdir(parents=True, exist_ok=True)
            beside = Path(shutil.copy(name, f"{copied}.new"))
            beside.replace(copied)  # another run may read it at this moment


def _install(python: str) -> None:
    """Installs the Python with venv, unless both work already."""
    inside = enter(Path("/"), [])
    check = [*inside, python, "-c", "import ensurepip, venv"]
    with_venv = "apt-get update -qq && apt-get install -y -qq --no-install-recommends $0 $0-venv"
    try:
        _run(*check)
    except UnavailableError:
        _run(*inside, "sh", "-c", f"dpkg --configure -a && {with_venv}", python)
        _run(*check)


def _run(*command: str) -> None:
    """Runs a command; raises UnavailableError with its reason if it fails or takes too long."""
    options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    env = environment(os.environ)
    with subprocess.Popen(command, env=env, start_new_session=True, **options) as process:  # type: ignore[call-overload]
        try:
            output, _ = process.communicate(timeout=SECONDS)
        except BaseException as error:
            os.killpg(process.pid, signal.SIGKILL)
            if isinstance(error, subprocess.TimeoutExpired):
                raise UnavailableError(f"{command[0]} took more than {SECONDS} s") from error
            raise
    if process.returncode:
        raise UnavailableError(reason_of(output.decode("utf-8", "replace")))


def main() -> int:
    parser = argparse.ArgumentParser(description="Run a Python of Debian sid in a chroot, with this checkout.")
    parser.add_argument("--remove", action="store_true", help="remove the chroot")
    parser.add_argument("command", nargs=argparse.REMAINDER, metavar="PYTHON ARGUMENT")
    arguments = parser.parse_args()
    try:
        if arguments.remove:
            remove()
        if not arguments.command:
            return 0
        prepare(arguments.command[0])
    except UnavailableError as why:
        print(f"{' '.join(arguments.command[:1]) or 'chroot'}: {why}", file=sys.stderr)
        return 2
    checkout = FOLDER.parent
    command = [*enter(Path.cwd(), [checkout]), *arguments.command]
    return subprocess.run(command, env=environment(os.environ), check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
