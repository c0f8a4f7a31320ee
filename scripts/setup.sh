# Makes .venv from uv.lock when it is not there or no longer right. POSIX sh; needs python3 (3.11 or later) with pip.
#
#   . scripts/setup.sh     after setting `root` to the project and `group` to `report` or `test`
#
# A stamp in .venv says which lock it was made from, so that a machine that is set up starts at once.

announcement="De omgeving wordt klaargezet; dat is eenmalig en duurt ongeveer een halve minuut."

say() {
    printf '%s\n' "$1" >&2
}

stop() {
    say "$1"
    exit 1
}

# What .venv was made from: the lock, the project's own settings and this place (scripts in .venv hold its path).
wanted_stamp() {
    printf '%s\n' "$root"
    cksum < "$root/uv.lock"
    cksum < "$root/pyproject.toml"
}

is_ready() {
    [ -x "$root/.venv/bin/python" ] && [ -x "$root/.venv/bin/wi2007" ] || return 1
    [ -f "$root/.venv/.$1" ] && [ "$(cat "$root/.venv/.$1")" = "$(wanted_stamp)" ]
}

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' > /dev/null 2>&1
}

# Sets `python` to the first interpreter that is new enough.
find_python() {
    for python in python3 python3.14 python3.13 python3.12 python3.11 python; do
        if new_enough "$python"; then
            return 0
        fi
    done
    if command -v python3 > /dev/null 2>&1; then
        stop "De python3 op deze machine is te oud: installeer Python 3.11 of nieuwer, bijvoorbeeld van python.org of met het pakketbeheer van uw systeem."
    fi
    stop "Op deze machine ontbreekt python3: installeer Python 3.11 of nieuwer met pip, bijvoorbeeld met 'sudo apt install python3 python3-pip'."
}

usable_uv() {
    case "$("$1" --version 2> /dev/null)" in
        "uv 0."[0-8].* | "") return 1 ;;
        "uv "*) return 0 ;;
        *) return 1 ;;
    esac
}

# Sets `installer` to a python with pip: the one found, or a venv of it where only its own pip is missing.
find_pip() {
    installer=$python
    if "$python" -m pip --version > /dev/null 2>&1; then
        return 0
    fi
    installer=$root/.tools/pip/bin/python
    rm -rf "$root/.tools/pip"
    if "$python" -m venv "$root/.tools/pip" > /dev/null 2>&1; then
        return 0
    fi
    rm -rf "$root/.tools/pip"
    stop "De python3 op deze machine heeft geen pip: installeer het, bijvoorbeeld met 'sudo apt install python3-pip', en geef de opdracht opnieuw."
}

# Puts uv in .tools/uv, whole or not at all.
install_uv() {
    rm -rf "$root/.tools/uv.deel"
    PIP_USER=0 PIP_REQUIRE_VIRTUALENV=0 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore \
        "$installer" -m pip install --quiet --target "$root/.tools/uv.deel" 'uv>=0.9,<1' ||
        stop "Het klaarzetten is niet gelukt: uv kon niet van PyPI worden gehaald. Kijk of deze machine PyPI kan bereiken en geef de opdracht opnieuw."
    rm -rf "$root/.tools/uv"
    mv "$root/.tools/uv.deel" "$root/.tools/uv"
}

# Sets `uv` to the project's own uv or the one on the path; fails where there is none.
find_uv() {
    for uv in "$root/.tools/uv/bin/uv" uv; do
        if usable_uv "$uv"; then
            return 0
        fi
    done
    return 1
}

make_environment() {
    find_python
    mkdir -p "$root/.tools"
    if find_uv; then
        say "$announcement"
    else
        find_pip
        say "$announcement"
        install_uv
        uv=$root/.tools/uv/bin/uv
    fi
    rm -f "$root/.venv/.report" "$root/.venv/.test"
    if [ ! -w "${HOME:-/nonexistent}" ]; then
        export UV_CACHE_DIR="$root/.tools/cache"
    fi
    # A folder that is no environment (an interrupted first run) would be refused.
    if [ -e "$root/.venv" ] && [ ! -f "$root/.venv/pyvenv.cfg" ]; then
        rm -rf "$root/.venv"
    fi
    case "$group" in
        test) selection="" ;;
        *) selection="--no-dev --inexact" ;;
    esac
    # Where Python may not keep what it compiles, every start would compile all libraries again.
    if [ -n "${PYTHONDONTWRITEBYTECODE:-}" ]; then
        selection="$selection --compile-bytecode"
    fi
    unset VIRTUAL_ENV
    # shellcheck disable=SC2086  # the selection is words
    UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT="$root/.venv" \
        "$uv" sync --project "$root" --frozen --quiet --python "$python" $selection ||
        stop "Het klaarzetten is niet gelukt; hierboven staat waarom. Geef de opdracht opnieuw als het verholpen is: wat er al staat wordt gebruikt."
    wanted_stamp > "$root/.venv/.stamp.deel"
    cp "$root/.venv/.stamp.deel" "$root/.venv/.report"
    if [ "$group" = test ]; then
        cp "$root/.venv/.stamp.deel" "$root/.venv/.test"
    fi
    rm -f "$root/.venv/.stamp.deel"
}

is_ready "$group" || make_environment
