# Sourced by the commands in this folder: where things are, and how to say that something is wrong.

ROOT=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
VENV="$ROOT/.venv"
PYTHON="$VENV/bin/python"
BACKEND="$ROOT/backend"
FRONTEND="$ROOT/frontend"

# One line about what happens next.
say() { printf '==> %s\n' "$*"; }

# One line about what is wrong and what to do, then stop.
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

# setting NAME DEFAULT: the environment wins, then .env, then the default.
setting() {
  local value="${!1:-}"
  if [ -z "$value" ] && [ -f "$ROOT/.env" ]; then
    value=$(sed -n "s/^[[:space:]]*\(export[[:space:]]\{1,\}\)\{0,1\}$1[[:space:]]*=[[:space:]]*//p" "$ROOT/.env" | tail -n 1)
    value=${value%%[[:space:]]#*}
    value=$(printf '%s' "$value" | sed -e 's/[[:space:]]*$//' -e "s/^\"\(.*\)\"\$/\1/" -e "s/^'\(.*\)'\$/\1/")
  fi
  printf '%s' "${value:-$2}"
}

# fingerprint FILE...: one hash over names and contents of files and folders; missing ones count not.
fingerprint() {
  { find "$@" -type f -print0 2>/dev/null || true; } | LC_ALL=C sort -z | xargs -0 cksum | cksum
}

# free_port: a TCP port nobody listens on right now.
free_port() {
  "${1:-$PYTHON}" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# apt_install PACKAGE...: fails where there is no apt or no right to use it; speaks on stderr.
apt_install() {
  command -v apt-get >/dev/null 2>&1 || return 1
  local sudo=()
  if [ "$(id -u)" != 0 ]; then sudo=(sudo -n); "${sudo[@]}" true 2>/dev/null || return 1; fi
  say "Installing $* with apt" >&2
  "${sudo[@]}" apt-get update -qq >&2 \
    && DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq --no-install-recommends "$@" >&2
}
