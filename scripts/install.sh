# Finds Python, pip and uv, and installs the libraries: with uv, or with pip where only a mirror or a wheelhouse is there.
#
#   . scripts/install.sh   after setting `root` to the project and `group` to `report` or `test`; what failed is in .tools
#
# POSIX sh; needs python3 (3.11 or later) with pip.

. "$root/scripts/network.sh"

say() {
    printf '%s\n' "$1" >&2
}

stop() {
    say "$1"
    exit 1
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

# Stops where nothing can be written in the project: its environment has to stand there.
writable() {
    mkdir -p "$root/.tools" 2> /dev/null && (: > "$root/.tools/.schrijven") 2> /dev/null && return 0
    stop "In de map van het project ($root) kan niet worden geschreven, en de omgeving staat er nog niet of is niet meer actueel. Laat iemand die er mag schrijven daar één keer 'sh scripts/report.sh --version' geven, of kopieer het project. Daarna werkt ieder met 'sh scripts/report.sh --directory MAP' in een eigen map."
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

# Runs a command with a line every few seconds, and keeps what it says for `cause_of`; gives its exit status.
with_signs() {
    (
        seconds=0
        while sleep 5 > /dev/null 2>&1; do
            seconds=$((seconds + 5))
            say "  nog bezig ($seconds seconden)"
        done
    ) &
    signs=$!
    result=0
    "$@" > "$root/.tools/klaarzetten.log" 2>&1 || result=$?
    kill "$signs" 2> /dev/null || true
    wait "$signs" 2> /dev/null || true
    return "$result"
}

# Tells what a tool said and what to do about it, and stops.
failed() {
    tail -n 12 "$root/.tools/klaarzetten.log" >&2 2> /dev/null || cat "$root/.tools/klaarzetten.log" >&2
    cause_of "$root/.tools/klaarzetten.log"
    advice
    stop "Het klaarzetten is niet gelukt${1:-; hierboven staat waarom}. Geef de opdracht opnieuw als het verholpen is: wat er al staat wordt gebruikt."
}

# Puts uv in .tools/uv, whole or not at all.
install_uv() {
    rm -rf "$root/.tools/uv.deel"
    with_signs env PIP_USER=0 PIP_REQUIRE_VIRTUALENV=0 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore \
        "$installer" -m pip install --target "$root/.tools/uv.deel" 'uv>=0.9,<1' || return 1
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

# The libraries of the group with the hashes that pip has to find.
locked() {
    case "$group" in
        test) "$python" "$root/scripts/hashes.py" requirements-test.lock ;;
        *) "$python" "$root/scripts/hashes.py" requirements.lock ;;
    esac
}

has_wheels() {
    [ -f "$root/wheels/python" ]
}

# Makes .venv with pip, from the folder wheels or from the index of pip. Every library must have a locked hash.
with_pip() {
    set --
    if has_wheels; then
        ours=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        if [ "$ours" != "$(cat "$root/wheels/python")" ]; then
            stop "De map wheels is gemaakt voor Python $(cat "$root/wheels/python"), en deze machine heeft Python $ours. Maak de map opnieuw met dezelfde Python ('make wheels'), of installeer die Python hier."
        fi
        set -- --no-index --find-links "$root/wheels"
    fi
    rm -rf "$root/.venv"
    # Without pip of its own: Debian leaves out what would put it there.
    "$python" -m venv --without-pip "$root/.venv" 2> "$root/.tools/klaarzetten.log" || return 1
    locked > "$root/.tools/requirements.txt"
    export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_REQUIRE_VIRTUALENV=0 PIP_USER=0
    with_signs "$installer" -m pip --python "$root/.venv/bin/python" install "$@" \
        --require-hashes --requirement "$root/.tools/requirements.txt" || return 1
    with_signs "$installer" -m pip --python "$root/.venv/bin/python" install "$@" --no-deps \
        --editable "$root" || return 1
}
