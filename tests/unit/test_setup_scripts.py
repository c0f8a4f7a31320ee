"""The set-up scripts on machines that lack something: one sentence in Dutch, and nothing half done."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from wi2007.project import ROOT

SCRIPTS = sorted((ROOT / "scripts").glob("*.sh"))
SHELL = shutil.which("dash") or "/bin/sh"
TOOLS = ("dirname", "cksum", "cat", "mkdir", "rm", "mv", "cp", "ls", "env", "sleep")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout in a path with a space, without an environment."""
    root = tmp_path / "een map" / "wi2007"
    shutil.copytree(ROOT / "scripts", root / "scripts")
    for name in ("pyproject.toml", "uv.lock", "Makefile"):
        shutil.copy2(ROOT / name, root / name)
    return root


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A path with the plainest tools of a system and no python."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in TOOLS:
        found = shutil.which(name)
        assert found, name
        (folder / name).symlink_to(found)
    return folder


def command(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.write_text(f"#!{SHELL}\n{text}\n", encoding="utf-8")
    path.chmod(0o755)


def run(
    checkout: Path, tools: Path, *words: str, script: str = "report.sh", more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [SHELL, str(checkout / "scripts" / script), *words],
        env={"PATH": str(tools), "HOME": str(checkout), **(more or {})},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_plain_shell_understands_every_script(script: Path) -> None:
    done = subprocess.run([SHELL, "-n", str(script)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_without_python_one_sentence_says_what_to_install(checkout: Path, tools: Path) -> None:
    done = run(checkout, tools)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "ontbreekt python3" in done.stderr
    assert not (checkout / ".venv").exists()


def test_a_python_that_is_too_old_is_named(checkout: Path, tools: Path) -> None:
    command(tools, "python3", "exit 1")
    done = run(checkout, tools)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "te oud" in done.stderr


def test_a_newer_python_under_another_name_is_found(checkout: Path, tools: Path) -> None:
    command(tools, "python3", "exit 1")
    command(tools, "python3.13", 'case "$1" in -c) exit 0 ;; *) exit 1 ;; esac')
    assert "heeft geen pip" in run(checkout, tools).stderr


def test_without_pip_one_sentence_says_what_to_install(checkout: Path, tools: Path) -> None:
    command(tools, "python3", 'case "$1" in -c) exit 0 ;; *) exit 1 ;; esac')
    done = run(checkout, tools)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "heeft geen pip" in done.stderr
    assert not (checkout / ".tools/pip").exists()


def test_without_the_package_index_the_message_says_so(checkout: Path, tools: Path) -> None:
    command(tools, "python3", 'case "$*" in *install*) exit 1 ;; *) exit 0 ;; esac')
    done = run(checkout, tools)
    assert done.returncode == 1
    assert "kon niet van PyPI worden gehaald" in done.stderr.splitlines()[-1]


def stand_in_uv(tools: Path, log: Path, status: int = 0, said: str = "", before: str = ":") -> None:
    """An uv that makes an environment with a `wi2007` that shows its arguments; it also says and logs `said`."""
    command(
        tools,
        "uv",
        f'''[ "$1" = --version ] && echo "uv 0.13.9" && exit 0
{before}
printf '%s\\n' "$*" "downloads=$UV_PYTHON_DOWNLOADS" {said} >> "{log}"
[ {len(said)} -eq 0 ] || printf '%s\\n' {said or '""'} >&2
mkdir -p "$UV_PROJECT_ENVIRONMENT/bin"
printf '#!{SHELL}\\necho "$0 $*"\\n' > "$UV_PROJECT_ENVIRONMENT/bin/wi2007"
cp "$UV_PROJECT_ENVIRONMENT/bin/wi2007" "$UV_PROJECT_ENVIRONMENT/bin/python"
{shutil.which("chmod")} +x "$UV_PROJECT_ENVIRONMENT/bin/"*
exit {status}''',
    )


def test_a_machine_that_is_set_up_starts_at_once_until_the_lock_changes(
    checkout: Path, tools: Path, tmp_path: Path
) -> None:
    log = tmp_path / "uv.log"
    command(tools, "python3", "exit 0")
    stand_in_uv(tools, log)
    for _ in range(2):
        done = run(checkout, tools, "2024-07-01")
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip() == f"{checkout}/.venv/bin/wi2007 run 2024-07-01"
    called = log.read_text(encoding="utf-8").splitlines()
    assert len(called) == 2
    assert "sync" in called[0]
    assert "--frozen" in called[0]
    assert called[1] == "downloads=never"
    with (checkout / "uv.lock").open("a", encoding="utf-8") as lock:
        lock.write("\n")
    run(checkout, tools)
    assert len(log.read_text(encoding="utf-8").splitlines()) == 4


def test_the_tests_need_more_than_the_report_does(checkout: Path, tools: Path, tmp_path: Path) -> None:
    log = tmp_path / "uv.log"
    command(tools, "python3", "exit 0")
    stand_in_uv(tools, log)
    run(checkout, tools)
    run(checkout, tools, script="test.sh")
    run(checkout, tools)
    first, _, second, _ = log.read_text(encoding="utf-8").splitlines()
    assert "--no-dev" in first
    assert "--no-dev" not in second


def test_a_set_up_that_was_broken_off_is_done_again(checkout: Path, tools: Path, tmp_path: Path) -> None:
    log = tmp_path / "uv.log"
    command(tools, "python3", "exit 0")
    stand_in_uv(tools, log, status=1)
    assert run(checkout, tools).returncode == 1
    stand_in_uv(tools, log)
    assert run(checkout, tools).returncode == 0
    (checkout / ".venv/bin/wi2007").unlink()
    assert run(checkout, tools).returncode == 0


def test_a_checkout_that_was_moved_is_set_up_again(checkout: Path, tools: Path, tmp_path: Path) -> None:
    log = tmp_path / "uv.log"
    command(tools, "python3", "exit 0")
    stand_in_uv(tools, log)
    run(checkout, tools)
    moved = checkout.rename(tmp_path / "elders")
    assert run(moved, tools).stdout.startswith(f"{moved}/.venv/bin/wi2007")


PIP_SETTINGS = """:env:.cert='/etc/eigen.pem'
global.index-url='https://mirror.voorbeeld.nl/simple'
install.proxy='http://proxy.voorbeeld.nl:8080'
global.trusted-host='mirror.voorbeeld.nl'"""
SHOWN = (
    "UV_DEFAULT_INDEX",
    "SSL_CERT_FILE",
    "HTTPS_PROXY",
    "UV_INSECURE_HOST",
    "UV_SYSTEM_CERTS",
    "UV_NATIVE_TLS",
)


@pytest.mark.parametrize("own", [{}, {"UV_DEFAULT_INDEX": "https://eigen", "SSL_CERT_FILE": "/eigen.pem"}])
def test_uv_gets_what_is_set_for_pip_unless_it_has_its_own(
    checkout: Path, tools: Path, tmp_path: Path, own: dict[str, str]
) -> None:
    log = tmp_path / "uv.log"
    command(tools, "python3", f'case "$*" in *\'config list\'*) echo "{PIP_SETTINGS}" ;; esac; exit 0')
    stand_in_uv(tools, log, said=" ".join(f'"{name}=${name}"' for name in SHOWN))
    done = run(checkout, tools, more=own)
    assert done.returncode == 0, done.stderr
    found = dict(line.split("=", 1) for line in log.read_text(encoding="utf-8").splitlines() if "=" in line)
    assert {name: found[name] for name in SHOWN} == {
        "UV_DEFAULT_INDEX": "https://mirror.voorbeeld.nl/simple",
        "SSL_CERT_FILE": "/etc/eigen.pem",
        "HTTPS_PROXY": "http://proxy.voorbeeld.nl:8080",
        "UV_INSECURE_HOST": "mirror.voorbeeld.nl",
        "UV_SYSTEM_CERTS": "1",
        "UV_NATIVE_TLS": "1",
        **own,
    }


CAUSES = {
    "hash": (
        "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES from the requirements file.",
        "is niet het bestand dat",
    ),
    "a compiler": (
        "error: [Errno 2] No such file or directory: 'x86_64-linux-gnu-gcc'",
        "apt-get install gcc libc6-dev python3-dev",
    ),
    "files of Python": (
        "fatal error: Python.h: No such file or directory",
        "Een bibliotheek is er voor deze",
    ),
    "uv certificate": (
        "Caused by: invalid peer certificate: UnknownIssuer",
        "Het certificaat van de verbinding",
    ),
    "pip certificate": (
        "SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]",
        "Het certificaat van",
    ),
    "proxy": (
        "Cannot connect to proxy. 407 Proxy Authentication Required",
        "De proxy laat de verbinding niet door",
    ),
    "names": ("dns error: failed to lookup address information", "De pakketten zijn niet te bereiken"),
    "nothing there": ("ERROR: No matching distribution found for uv", "De pakketten zijn niet te bereiken"),
    "disk": ("OSError: [Errno 28] No space left on device", "De schijf is vol"),
    "something else": ("Segmentation fault", ""),
}


@pytest.mark.parametrize("case", CAUSES)
def test_what_stands_in_the_way_is_named(case: str, checkout: Path, tmp_path: Path) -> None:
    said, told = CAUSES[case]
    (tmp_path / "log").write_text(f"Looking\n{said}\n", encoding="utf-8")
    script = f'root={checkout}; . "$root/scripts/install.sh"; cause_of "{tmp_path / "log"}"; advice'
    script = script.replace(f"root={checkout}", f"root='{checkout}'")
    done = subprocess.run([SHELL, "-euc", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith(told) or (told and told in done.stderr)
    assert bool(done.stderr) == bool(told)


def test_where_uv_reaches_nothing_pip_does_it_with_hashes(
    checkout: Path, tools: Path, tmp_path: Path
) -> None:
    log = tmp_path / "python.log"
    shutil.copy2(ROOT / "requirements.lock", checkout / "requirements.lock")
    made = f"""case "$*" in
    *hashes.py*) exec {sys.executable} "$@" ;;
    *'-m venv'*) mkdir -p '{checkout}/.venv/bin' ;;
    *'--editable'*) printf '#!{SHELL}\\necho klaar\\n' > '{checkout}/.venv/bin/wi2007'
        cp '{checkout}/.venv/bin/wi2007' '{checkout}/.venv/bin/python'
        {shutil.which("chmod")} +x '{checkout}/.venv/bin/wi2007' '{checkout}/.venv/bin/python' ;;
esac
printf '%s\\n' "$*" >> '{log}'"""
    command(tools, "python3", made)
    stand_in_uv(tools, tmp_path / "uv.log", status=1, said='"dns error: failed to lookup"')
    done = run(checkout, tools)
    assert done.returncode == 0, done.stderr
    assert "Nu met pip, uit de pakketindex die voor pip is ingesteld (requirements.lock)" in done.stderr
    called = log.read_text(encoding="utf-8")
    assert "--require-hashes --requirement" in called
    assert "--no-deps --editable" in called
    asked = (checkout / ".tools/requirements.txt").read_text(encoding="utf-8").splitlines()
    assert all("--hash=sha256:" in line for line in asked)
    assert run(checkout, tools).stderr == ""


@pytest.mark.slow
def test_set_up_shows_that_it_is_busy(checkout: Path, tools: Path, tmp_path: Path) -> None:
    command(tools, "python3", "exit 0")
    stand_in_uv(tools, tmp_path / "uv.log", before="sleep 6")
    done = run(checkout, tools)
    assert done.returncode == 0, done.stderr
    assert "nog bezig (5 seconden)" in done.stderr


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("setpriv"),
    reason="alleen root kan zich voor iemand uitgeven die niet mag schrijven",
)
def test_from_a_checkout_that_is_read_only_the_message_says_what_to_do(tmp_path: Path, tools: Path) -> None:
    """As another user, to whom the checkout is somebody else's."""
    with tempfile.TemporaryDirectory(prefix="wi2007-", dir="/tmp") as place:
        root = Path(place) / "wi2007"
        shutil.copytree(ROOT / "scripts", root / "scripts")
        Path(place).chmod(0o755)
        somebody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        done = subprocess.run(
            [*somebody, SHELL, str(root / "scripts/report.sh"), "--directory", "/tmp"],
            env={"PATH": f"{Path(sys.base_prefix) / 'bin'}:/usr/bin:/bin", "HOME": "/nonexistent"},
            capture_output=True,
            text=True,
            check=False,
        )
    if "ontbreekt python3" in done.stderr or "te oud" in done.stderr:
        pytest.xfail("de python van deze machine is alleen voor root")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "kan niet worden geschreven" in done.stderr
    assert "--directory MAP" in done.stderr


@pytest.mark.skipif(not shutil.which("make"), reason="make staat niet op deze machine")
def test_make_gives_the_peildatum_to_the_script(checkout: Path, tools: Path, tmp_path: Path) -> None:
    command(tools, "python3", "exit 0")
    command(tools, "sh", f'exec {SHELL} "$@"')
    stand_in_uv(tools, tmp_path / "uv.log")
    make = shutil.which("make")
    assert make
    done = subprocess.run(
        [make, "--no-print-directory", "-C", str(checkout), "report", "PEILDATUM=2024-07-01"],
        env={"PATH": os.pathsep.join([str(tools), "/bin"]), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip().endswith("wi2007 run 2024-07-01"), done.stderr


@pytest.mark.slow
@pytest.mark.long
def test_this_machine_can_set_itself_up_from_nothing(checkout: Path) -> None:
    for name in ("src", "schemas"):
        shutil.copytree(ROOT / name, checkout / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("README.md", "LICENSE"):
        shutil.copy2(ROOT / name, checkout / name)
    python = Path(sys.base_prefix) / "bin"
    kept = {
        key: value
        for key, value in os.environ.items()
        if key not in ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME")
    }
    done = subprocess.run(
        [SHELL, str(checkout / "scripts/report.sh"), "--version"],
        env={**kept, "PATH": os.pathsep.join([str(python), "/usr/bin", "/bin"])},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert "Deze opdracht klopt niet" in done.stderr, done.stderr
    assert (checkout / ".venv/bin/wi2007").is_file()
