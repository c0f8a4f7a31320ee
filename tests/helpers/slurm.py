"""A cluster of one machine for a test: a real slurmctld and slurmd, in namespaces that end with the command.

It needs Debian's slurm-wlm, iproute2 and the right to make namespaces. What does not belong here: what is run on it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from wi2007.project import ROOT

_NEEDED = ("slurmctld", "slurmd", "srun", "sbatch", "squeue", "unshare", "ip")
_CONFIGURATION = """ClusterName=proef
SlurmctldHost={host}(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/none
CredType=cred/none
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SlurmdParameters=config_overrides
NodeName={host} NodeAddr=127.0.0.1 CPUs=2 RealMemory=8000
PartitionName=alles Nodes={host} Default=YES MaxTime=INFINITE
"""
_START = """set -e
mount --bind "$1" /etc/slurm
ip link set lo up
ip address add 10.0.0.1/32 dev lo
slurmctld -c
slurmd -c
for attempt in $(seq 100); do
    sinfo --noheader --format %T 2> /dev/null | grep -q idle && break
    sleep 0.2
done
sinfo --noheader --format %T | grep -q idle
shift
exec "$@"
"""
"""The plugin hides SLURM_CONF from the steps of a job: the configuration stands where Slurm looks by itself."""


def on_a_cluster(folder: Path) -> list[str]:
    """The words before a command that then has a cluster; where there can be none, the test is expected to fail."""
    if lacking := [name for name in _NEEDED if not shutil.which(name)]:
        pytest.xfail(f"niet op deze machine: {', '.join(lacking)}")
    for name in ("state", "spool"):
        (folder / name).mkdir(parents=True)
    host = os.uname().nodename.partition(".")[0]
    text = _CONFIGURATION.format(host=host, folder=folder)
    (folder / "slurm.conf").write_text(text, encoding="utf-8")
    (folder / "start.sh").write_text(_START, encoding="utf-8")
    apart = ["unshare", "--mount", "--pid", "--net", "--fork", "--kill-child", "--mount-proc"]
    words = [*apart, "sh", str(folder / "start.sh"), str(folder)]
    tried = subprocess.run([*words, "srun", "-n1", "true"], capture_output=True, timeout=60, check=False)
    if tried.returncode:
        pytest.xfail("hier kan geen slurmd in een eigen naamruimte draaien")
    return words


def plugin(folder: Path) -> Path:
    """A folder with Snakemake's plugin for Slurm and nothing else: what it needs has the environment of the tests."""
    locked = subprocess.run(
        [sys.executable, "scripts/hashes.py", "requirements-cluster.lock"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    ours = [line for line in locked.splitlines() if re.match(r"snakemake-executor-plugin-slurm", line)]
    assert len(ours) == 2
    (folder / "requirements.txt").write_text("\n".join(ours) + "\n", encoding="utf-8")
    python = Path(sys.base_prefix, "bin", "python3")
    words = [
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--require-hashes",
        "--target",
        folder / "los",
    ]
    done = subprocess.run(
        [*words, "--requirement", folder / "requirements.txt"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.xfail(f"er zijn geen pakketten te halen: {done.stderr[-300:]}")
    return folder / "los"
