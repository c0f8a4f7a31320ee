# Makes the reports on a cluster with Slurm: sh scripts/cluster.sh [arguments for Snakemake], see docs/cluster.md.
#
# Sets up what is missing, with Snakemake's plugin for Slurm from requirements-cluster.lock, each file by its hash.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
group=report
. "$root/scripts/setup.sh"
if ! "$root/.venv/bin/python" -c 'import snakemake_executor_plugin_slurm' 2> /dev/null; then
    find_python
    find_pip
    mkdir -p "$root/.tools"
    "$python" "$root/scripts/hashes.py" requirements-cluster.lock > "$root/.tools/requirements.txt"
    with_signs "$installer" -m pip --python "$root/.venv/bin/python" install --disable-pip-version-check \
        --require-hashes --requirement "$root/.tools/requirements.txt" || failed
fi
exec "$root/.venv/bin/snakemake" --snakefile "$root/Snakefile" --profile "$root/workflow/profiles/slurm" "$@"
