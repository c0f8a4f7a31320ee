# Brings what the browser tests need beside Node, Chromium and Java: the packages locked in tests/browser.
#
#   sh scripts/browser-tools.sh
#
# Node 20 or later, Chromium and Java come from the system; on Debian: apt-get install -y nodejs npm chromium default-jre-headless
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
for command in node npm; do
    if ! command -v "$command" > /dev/null 2>&1; then
        printf '%s\n' "De browsertests hebben $command nodig: installeer Node 20 of nieuwer met npm." >&2
        exit 1
    fi
done
version=$(node --version)
major=${version#v}
major=${major%%.*}
if [ "$major" -lt 20 ]; then
    printf '%s\n' "De browsertests hebben Node 20 of nieuwer nodig; dit is $version." >&2
    exit 1
fi
cd -- "$root/tests/browser"
# No package needs to run a script: the browser is the system's.
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
