# Makes .venv from uv.lock when it is not there or no longer right. POSIX sh; needs python3 (3.11 or later) with pip.
#
#   . scripts/setup.sh     after setting `root` to the project and `group` to `report` or `test`
#
# With uv, which uses the certificates of the system and the index of pip. Where uv cannot reach what it needs, pip does it
# from its own index; where there is a folder wheels (`make wheels`), pip uses that alone. A stamp in .venv says which lock
# it was made from, so that a machine that is set up starts at once.

. "$root/scripts/install.sh"

announcement="De omgeving wordt klaargezet; dat is eenmalig en duurt ongeveer een halve minuut."

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

# Makes .venv with uv; fails where uv does.
with_uv() {
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
    with_signs env UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT="$root/.venv" \
        "$uv" sync --project "$root" --frozen --quiet --python "$python" $selection
}

# Goes on with pip where the network is why uv failed; stops where anything else is.
instead_of_uv() {
    cause_of "$root/.tools/klaarzetten.log"
    case "$cause" in
        certificate | proxy | mirror) ;;
        *) failed "${1:-}" ;;
    esac
    find_pip
    say "uv kan de bibliotheken niet bereiken. Nu met pip, uit de pakketindex die voor pip is ingesteld (requirements.lock)."
    with_pip || failed
}

make_environment() {
    find_python
    writable
    rm -f "$root/.venv/.report" "$root/.venv/.test"
    if [ ! -w "${HOME:-/nonexistent}" ]; then
        export UV_CACHE_DIR="$root/.tools/cache"
    fi
    # A folder that is no environment (an interrupted first run) would be refused.
    if [ -e "$root/.venv" ] && [ ! -f "$root/.venv/pyvenv.cfg" ]; then
        rm -rf "$root/.venv"
    fi
    if has_wheels; then
        find_pip
        say "$announcement De bibliotheken komen uit de map wheels."
        with_pip || failed
    else
        like_pip "$python"
        if ! find_uv; then
            find_pip
            say "$announcement"
            uv=$root/.tools/uv/bin/uv
            install_uv || uv=""
        else
            say "$announcement"
        fi
        if [ -z "$uv" ]; then
            instead_of_uv ": uv kon niet van PyPI worden gehaald. Kijk of deze machine PyPI kan bereiken"
        else
            with_uv || instead_of_uv
        fi
    fi
    wanted_stamp > "$root/.venv/.stamp.deel"
    cp "$root/.venv/.stamp.deel" "$root/.venv/.report"
    if [ "$group" = test ]; then
        cp "$root/.venv/.stamp.deel" "$root/.venv/.test"
    fi
    rm -f "$root/.venv/.stamp.deel"
}

is_ready "$group" || make_environment
