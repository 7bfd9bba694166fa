#!/usr/bin/env bash
# Installs what the tests need and runs them all, cheapest first. For Debian and Ubuntu with Rust, as root or with sudo.
#
#   tests/run.sh                 everything
#   tests/run.sh --fast          only what needs nothing but cargo: fmt, layers, lint, unit
#   tests/run.sh --only real     one part, or several: --only fmt,lint
#   tests/run.sh --setup         only install
#
# Parts: fmt, layers, lint, unit, doc, deny, real (scimitar against servers that others wrote), coverage (of the
# requirements), prove (each check against the faults that it names, and all against each lawful variation).
#
# All but Debian's packages goes to target/test-env, and what is there already is used. What can't be installed is named
# at the end, with the tests that were left out for it; with CI=true that is an error.
#
# For the tests it sets SCIMITAR_TEST_PYTHON (a Python with lxml) and SCIMITAR_TEST_CHROMIUM where these are at hand,
# and for the part `real` SCIMITAR_REAL_SCIM2, SCIMITAR_REAL_SCIMMY (base URLs) and SCIMITAR_REAL_TOKEN.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly NEXTEST=0.9.143 DENY=0.20.2
readonly PARTS=(fmt layers lint unit doc deny real coverage prove)
readonly ENV="$PWD/target/test-env"
readonly LOGS="$ENV/logs"
mkdir -p "$ENV/bin" "$LOGS"
export PATH="$ENV/bin:$PATH"

main() {
    local chosen=("${PARTS[@]}") setup_only=
    while (($#)); do
        case $1 in
            --fast) chosen=(fmt layers lint unit) FAST=1 ;;
            --only)
                IFS=, read -ra chosen <<<"${2:?--only takes a part: ${PARTS[*]}}"
                shift
                ;;
            --setup) setup_only=1 ;;
            -h | --help)
                sed -n '2,/^set/{s/^# \{0,1\}//;/^set/!p}' "${BASH_SOURCE[0]}"
                return
                ;;
            *) die "unknown option: $1 (see --help)" ;;
        esac
        shift
    done
    local part
    for part in "${chosen[@]}"; do
        [[ " ${PARTS[*]} " == *" $part "* ]] || die "no such part: $part (there are: ${PARTS[*]})"
    done

    set_up "${chosen[@]}"
    for part in "${chosen[@]}"; do
        [[ -n $setup_only ]] || run "$part"
    done
    report
}

# --- parts ----------------------------------------------------------------------------------------------------------

part_fmt() { cargo fmt --check; }
part_layers() {
    nextest --test layers
}
part_lint() {
    cargo clippy --locked --all-targets -- -D warnings
    if have shellcheck; then shellcheck tests/run.sh .ci/run; fi
}
part_unit() {
    nextest -E 'not binary(/^(layers|real)$/)'
    [[ -n ${FAST:-} ]] || counted cargo test --locked --doc
}
part_doc() { RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps; }
part_deny() { cargo deny --locked --log-level error check bans licenses sources; }
part_real() {
    local token=a-token-of-the-tests
    local scim2=$((20000 + RANDOM % 10000))
    local scimmy=$((scim2 + 1))
    start scim2-server "http://127.0.0.1:$scim2/v2" "$token" \
        "$ENV/venv/bin/scim2-server" --port "$scim2" --bearer-token "$token"
    start scimmy "http://127.0.0.1:$scimmy/scim" "$token" \
        node "$ENV/scimmy/server.mjs" "$scimmy" "$token"
    SCIMITAR_REAL_SCIM2="http://127.0.0.1:$scim2/v2" SCIMITAR_REAL_SCIMMY="http://127.0.0.1:$scimmy/scim" \
        SCIMITAR_REAL_TOKEN=$token nextest --test real
    stop_all
}

part_prove() { cargo run --locked --release --quiet -- prove; }
part_coverage() {
    cargo run --locked --quiet -- coverage --catalogue RFC7643 --catalogue RFC7644 --catalogue RFC9865 \
        --fail-under 97 --limit 5
}

# Runs a part in this shell, with its name before and its time after.
run() {
    local part=$1 begun=$SECONDS
    if [[ -n ${left_out[$part]:-} ]]; then
        note "$part: left out"
        return
    fi
    note "$part"
    current=$part
    "part_$part"
    current=
    printf '   %s: %ds\n' "$part" $((SECONDS - begun))
}

nextest() { counted cargo nextest run --locked "$@"; }

# Runs a command whose closing lines count tests, and adds them up.
passed=0 failed=0 skipped=0
counted() {
    local log status=0
    log="$LOGS/$(date +%s%N).log"
    CARGO_TERM_COLOR=${CARGO_TERM_COLOR:-$([[ -t 1 ]] && echo always || echo auto)} "$@" 2>&1 | tee "$log" || status=$?
    local line
    while read -r line; do
        passed=$((passed + $(number "$line" passed)))
        failed=$((failed + $(number "$line" failed) + $(number "$line" 'timed out') + $(number "$line" 'exec failed')))
        skipped=$((skipped + $(number "$line" skipped) + $(number "$line" ignored)))
    done < <(sed 's/\x1b\[[0-9;]*m//g' "$log" | grep -E '^ *Summary \[|^test result:' || true)
    rm -f "$log"
    return "$status"
}

# number LINE WORD: the number that stands before WORD, or 0.
number() { [[ $1 =~ ([0-9]+)\ $2 ]] && echo "${BASH_REMATCH[1]}" || echo 0; }

# --- real servers ---------------------------------------------------------------------------------------------------

servers=()

# start NAME BASE_URL TOKEN COMMAND…: runs it behind, and returns when it answers (20 s at most).
start() {
    local name=$1 url=$2 token=$3 tries
    shift 3
    "$@" >"$LOGS/$name.log" 2>&1 &
    local pid=$!
    servers+=("$pid")
    for ((tries = 0; tries < 200; tries++)); do
        if curl -sf -m 2 -o /dev/null -H "Authorization: Bearer $token" "$url/ServiceProviderConfig"; then
            printf '   %s answers at %s\n' "$name" "$url"
            return
        fi
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.1
    done
    cat "$LOGS/$name.log" >&2
    die "$name does not answer at $url"
}

stop_all() {
    ((${#servers[@]} == 0)) || kill "${servers[@]}" 2>/dev/null || true
    servers=()
}

# --- what the tests need --------------------------------------------------------------------------------------------

declare -A left_out=()
missing=()

set_up() {
    local part
    local -A needs=()
    for part in "$@"; do
        case $part in
            layers) needs[nextest]=1 ;;
            unit)
                needs[nextest]=1
                [[ -n ${FAST:-} ]] || needs[venv]=1 needs[chromium]=1
                ;;
            lint) [[ -n ${FAST:-} ]] || needs[shellcheck]=1 ;;
            deny) needs[deny]=1 ;;
            real) needs[nextest]=1 needs[venv]=1 needs[scimmy]=1 needs[curl]=1 ;;
        esac
    done
    have cc || package cc build-essential || die "no C compiler: Rust can't link without one (install build-essential)"
    [[ -z ${needs[nextest]:-} ]] || tool cargo-nextest "$NEXTEST" || die "cargo-nextest can't be installed"
    [[ -z ${needs[deny]:-} ]] || tool cargo-deny "$DENY" || lacks cargo-deny "the check of licences and sources" deny
    [[ -z ${needs[shellcheck]:-} ]] || package shellcheck shellcheck || lacks shellcheck "the lint of the scripts"
    [[ -z ${needs[curl]:-} ]] || package curl curl || lacks curl "the real servers" real
    [[ -z ${needs[venv]:-} ]] || venv || lacks "Python with lxml and scim2-server (see $LOGS)" \
        "the real servers and the validation of JUnit reports" real
    [[ -z ${needs[scimmy]:-} ]] || scimmy || lacks "Node.js 18 or later with scimmy (see $LOGS)" "the real servers" real
    [[ -z ${needs[chromium]:-} ]] || chromium || lacks Chromium "the tests of the HTML report in a browser"
    if ((${#missing[@]} > 0)) && [[ ${CI:-} == true ]]; then
        report
        die "in CI nothing may be left out"
    fi
    [[ ! -x $ENV/venv/bin/python ]] || export SCIMITAR_TEST_PYTHON="$ENV/venv/bin/python"
}

have() { type -P "$1" >/dev/null; }

# tool NAME VERSION: a cargo subcommand, any version that is there or this one.
tool() {
    have "$1" && return
    note "installing $1 $2 (a few minutes, once)"
    cargo install "$1" --version "$2" --locked --quiet --root "$ENV"
}

# package COMMAND PACKAGE…: Debian's packages, unless the command is there.
package() {
    have "$1" || { debian "${@:2}" && have "$1"; }
}

apt_updated=
debian() {
    have apt-get || return 1
    note "installing $* from Debian"
    if [[ -z $apt_updated ]]; then
        as_root apt-get update -qq >"$LOGS/apt.log" 2>&1 || return 1
        apt_updated=1
    fi
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >>"$LOGS/apt.log" 2>&1 || return 1
    hash -r
}

as_root() {
    if [[ $(id -u) == 0 ]]; then
        "$@"
    elif have sudo && { [[ -t 0 ]] || sudo -n true 2>/dev/null; }; then
        sudo "$@"
    else
        return 1
    fi
}

venv() {
    is_current "$ENV/venv" tests/real/requirements.txt && return
    python3 -c 'import ensurepip, venv' 2>/dev/null || debian python3 python3-venv || return 1
    note "installing scim2-server and lxml"
    rm -rf "$ENV/venv"
    { python3 -m venv "$ENV/venv" &&
        "$ENV/venv/bin/pip" install --disable-pip-version-check --quiet -r tests/real/requirements.txt; } \
        >"$LOGS/pip.log" 2>&1 || return 1
    now_current "$ENV/venv" tests/real/requirements.txt
}

scimmy() {
    local from=tests/real/scimmy
    package node nodejs && package npm npm || return 1
    [[ $(node --version) =~ ^v([0-9]+) ]] && ((BASH_REMATCH[1] >= 18)) || return 1
    mkdir -p "$ENV/scimmy" && cp "$from"/{package.json,package-lock.json,server.mjs} "$ENV/scimmy/"
    is_current "$ENV/scimmy" "$from/package-lock.json" && return
    note "installing scimmy"
    npm ci --prefix "$ENV/scimmy" --ignore-scripts --no-audit --no-fund >"$LOGS/npm.log" 2>&1 || return 1
    now_current "$ENV/scimmy" "$from/package-lock.json"
}

chromium() {
    local name
    have chromium || have chromium-browser || have google-chrome || debian chromium || return 1
    for name in chromium chromium-browser google-chrome; do
        if have "$name"; then
            SCIMITAR_TEST_CHROMIUM=$(type -P "$name")
            export SCIMITAR_TEST_CHROMIUM
            return
        fi
    done
    return 1
}

# Whether FOLDER was installed from FILE as it is now.
is_current() { cmp -s "$1/.installed-from" "$2"; }
now_current() { cp "$2" "$1/.installed-from"; }

# lacks WHAT TESTS [PART]: notes it, and that PART can't run.
lacks() {
    missing+=("$1, so without $2")
    [[ -z ${3:-} ]] || left_out[$3]=1
}

# --- words ----------------------------------------------------------------------------------------------------------

note() { printf '\n== %s\n' "$*"; }
die() {
    printf 'tests/run.sh: %s\n' "$*" >&2
    exit 1
}

report() {
    ((${#missing[@]} == 0)) || printf '\nmissing: %s\n' "${missing[@]}"
    ((passed + failed + skipped == 0)) || totals
}
totals() { printf '\ntests: %d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"; }

current=
at_exit() {
    local status=$?
    stop_all
    if ((status != 0)) && [[ -n $current ]]; then
        totals
        printf 'failed in %s; again: tests/run.sh --only %s\n' "$current" "$current"
    fi
    exit "$status"
}
trap at_exit EXIT
trap 'exit 130' INT TERM

export INSTA_UPDATE=${INSTA_UPDATE:-no}
main "$@"
