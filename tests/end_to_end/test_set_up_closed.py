"""Set-up where the package index cannot be reached: from a wheelhouse, and from a mirror with an authority of its own.

In a namespace without network, so that nothing else can have helped.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from shared import once

from wi2007.project import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.long]

NEEDED = ("src", "schemas", "scripts")
FILES = (
    "pyproject.toml",
    "uv.lock",
    "requirements.lock",
    "requirements-test.lock",
    "README.md",
    "LICENSE",
    "Makefile",
)
LOOPBACK = """
import fcntl, os, socket, struct, sys
name = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
fcntl.ioctl(name, 0x8914, struct.pack("16sH14s", b"lo", 0x1 | 0x40, b""))
os.execvp(sys.argv[1], sys.argv[1:])
"""
"""Brings up the loopback of a new namespace, and goes on as another command."""


def without_network() -> list[str]:
    """The command before another that runs it without network; no failure where this machine does not allow that."""
    words = ["unshare", "--net", "--map-root-user"]
    if (
        not shutil.which("unshare")
        or subprocess.run([*words, "true"], capture_output=True, check=False).returncode
    ):
        pytest.xfail("hier kan geen naamruimte zonder netwerk worden gemaakt")
    return [*words, sys.executable, "-c", LOOPBACK]


def checkout(folder: Path) -> Path:
    """The project without environment, in a path with a space."""
    root = folder / "een map" / "wi2007"
    for name in NEEDED:
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy2(ROOT / name, root / name)
    return root


def surroundings(home: Path, more: Mapping[str, str]) -> dict[str, str]:
    """A bare machine: its own python, and nothing that is set for pip or uv."""
    python = Path(sys.base_prefix) / "bin"
    return {
        "PATH": os.pathsep.join([str(python), "/usr/bin", "/bin"]),
        "HOME": str(home),
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_RETRIES": "0",
        "UV_HTTP_RETRIES": "0",
        **more,
    }


def set_up(root: Path, before: list[str], more: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    home = root.parent / "thuis"
    home.mkdir(exist_ok=True)
    return subprocess.run(
        [*before, "sh", str(root / "scripts" / "report.sh"), "--version"],
        env=surroundings(home, more),
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )


def is_set_up(root: Path) -> bool:
    command = root / ".venv" / "bin" / "wi2007"
    return (
        command.is_file()
        and subprocess.run([command, "--version"], capture_output=True, check=False).returncode == 0
    )


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheelhouse, made as a user would; no failure where no package can be had."""

    def make(folder: Path) -> None:
        root = checkout(folder)
        done = subprocess.run(
            ["sh", str(root / "scripts" / "wheels.sh")],
            capture_output=True,
            text=True,
            check=False,
            timeout=900,
        )
        if done.returncode:
            pytest.xfail(f"er zijn geen pakketten te halen: {done.stderr[-300:]}")
        assert "nog bezig" in done.stderr or "Klaar" in done.stderr

    return once(tmp_path_factory, "wheels", make) / "een map" / "wi2007" / "wheels"


def test_a_wheelhouse_is_all_that_a_machine_without_network_needs(wheels: Path, tmp_path: Path) -> None:
    root = checkout(tmp_path)
    shutil.copytree(wheels, root / "wheels")
    done = set_up(root, without_network(), {})
    assert "De bibliotheken komen uit de map wheels" in done.stderr
    assert is_set_up(root), done.stderr
    again = set_up(root, without_network(), {})
    assert "klaargezet" not in again.stderr


def test_a_wheelhouse_of_another_python_is_told(wheels: Path, tmp_path: Path) -> None:
    root = checkout(tmp_path)
    (root / "wheels").mkdir()
    (root / "wheels" / "python").write_text("3.99\n", encoding="utf-8")
    done = set_up(root, [], {})
    assert done.returncode == 1
    assert "gemaakt voor Python 3.99" in done.stderr


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a certificate of localhost, and that of the authority that gave it (`gezag.pem`)."""
    folder = tmp_path_factory.mktemp("gezag")
    if not shutil.which("openssl"):
        pytest.xfail("openssl staat niet op deze machine")

    def openssl(*words: str) -> None:
        subprocess.run(["openssl", *words], cwd=folder, capture_output=True, check=True)

    new = ("req", "-newkey", "rsa:2048", "-nodes")
    openssl(*new, "-x509", "-days", "2", "-keyout", "gezag.key", "-out", "gezag.pem", "-subj", "/CN=Proef")
    openssl(*new, "-keyout", "plek.key", "-out", "plek.csr", "-subj", "/CN=localhost")
    (folder / "namen").write_text("subjectAltName=DNS:localhost\n", encoding="ascii")
    signed = ("-CA", "gezag.pem", "-CAkey", "gezag.key", "-CAcreateserial", "-days", "2", "-extfile", "namen")
    openssl("x509", "-req", "-in", "plek.csr", "-out", "plek.pem", *signed)
    return folder


SERVE = """
import http.server, ssl, sys, threading, subprocess, functools
index, chain, key, *command = sys.argv[1:]
handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=index)
handler.func.log_message = lambda *a: None
server = http.server.ThreadingHTTPServer(("localhost", 0), handler)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(chain, key)
server.socket = context.wrap_socket(server.socket, server_side=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
import os
address = f"https://localhost:{server.server_address[1]}/simple/"
sys.exit(subprocess.run(command, env={**os.environ, "PIP_INDEX_URL": address}).returncode)
"""
"""Serves a folder over TLS while a command runs, to which it is the index of pip."""


def mirror(folder: Path, wheels: Path) -> Path:
    """A package index of files as a mirror keeps it, without uv."""
    for path in wheels.iterdir():
        if path.suffix in (".whl", ".gz"):
            name = re.sub(r"[-_.]+", "-", path.name.split("-")[0]).lower()
            place = folder / "simple" / name
            place.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, place / path.name)
    return folder


def through(index: Path, authority: Path) -> list[str]:
    serving = [
        sys.executable,
        "-c",
        SERVE,
        str(index),
        str(authority / "plek.pem"),
        str(authority / "plek.key"),
    ]
    return [*without_network(), *serving]


def test_where_only_a_mirror_can_be_reached_pip_does_it_and_says_so(
    wheels: Path, authority: Path, tmp_path: Path
) -> None:
    root = checkout(tmp_path)
    done = set_up(
        root,
        through(mirror(tmp_path / "index", wheels), authority),
        {"PIP_CERT": str(authority / "gezag.pem")},
    )
    assert "Nu met pip, uit de pakketindex die voor pip is ingesteld (requirements.lock)" in done.stderr
    assert is_set_up(root), done.stderr


def test_a_file_that_is_not_the_locked_one_is_refused(wheels: Path, authority: Path, tmp_path: Path) -> None:
    root = checkout(tmp_path)
    index = mirror(tmp_path / "index", wheels)
    changed = next((index / "simple" / "attrs").iterdir())
    changed.write_bytes(changed.read_bytes() + b" ")
    done = set_up(root, through(index, authority), {"PIP_CERT": str(authority / "gezag.pem")})
    assert done.returncode == 1
    assert "is niet het bestand dat in de lock staat" in done.stderr
    assert not is_set_up(root)


def test_an_authority_that_is_not_known_is_named(wheels: Path, authority: Path, tmp_path: Path) -> None:
    root = checkout(tmp_path)
    done = set_up(root, through(mirror(tmp_path / "index", wheels), authority), {})
    assert done.returncode == 1
    assert "Het certificaat van de verbinding wordt niet vertrouwd" in done.stderr
    assert "SSL_CERT_FILE" in done.stderr


def test_without_network_the_message_names_proxy_mirror_and_wheelhouse(tmp_path: Path) -> None:
    root = checkout(tmp_path)
    done = set_up(root, without_network(), {})
    assert done.returncode == 1
    for word in ("HTTPS_PROXY", "mirror", "make wheels"):
        assert word in done.stderr.splitlines()[-2]
