# shellcheck shell=bash disable=SC2034
# Shared by the scripts of this folder: what tests need beyond Go, installed only when it is missing,
# and a PostgreSQL of their own. Source it; it changes to the root of the clone.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export TMPDIR="${TMPDIR:-/tmp}"

axe_version=4.14.1 # MPL-2.0: fetched for tests, never committed
golangci_version=v2.15.0
govulncheck_version=v1.9.0

say() { printf '== %s\n' "$*" >&2; }

as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	else
		sudo "$@"
	fi
}

# quietly runs a command, and shows what it said only when it failed.
quietly() {
	local log
	log=$(mktemp)
	if ! "$@" >"$log" 2>&1; then
		cat "$log" >&2
		rm -f "$log"
		return 1
	fi
	rm -f "$log"
}

# pg_bin prints the folder of the newest PostgreSQL here. Debian keeps the server's programs off the path.
pg_bin() {
	local dir
	dir=$(find /usr/lib/postgresql -maxdepth 3 -name initdb -printf '%h\n' 2>/dev/null | sort -V | tail -1)
	if [ -z "$dir" ] && command -v initdb >/dev/null; then
		dir=$(dirname "$(command -v initdb)")
	fi
	[ -n "$dir" ] && printf '%s\n' "$dir"
}

# debian installs packages.
debian() {
	say "installing $*"
	quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get update
	quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
}

has_package() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q '^install ok installed'; }

# install_needs brings PostgreSQL, Chromium and fonts from Debian's packages when they are not here.
install_needs() {
	local missing=()
	pg_bin >/dev/null || missing+=(postgresql)
	chromium_path >/dev/null || missing+=(chromium)
	command -v npm >/dev/null || missing+=(npm)
	if command -v dpkg-query >/dev/null; then
		for font in fonts-liberation fonts-roboto; do
			has_package "$font" || missing+=("$font")
		done
	fi
	[ ${#missing[@]} = 0 ] || debian "${missing[@]}"
}

chromium_path() { command -v chromium || command -v chromium-browser; }

# fetch_axe prints the path of the accessibility checker that the browser tests inject.
fetch_axe() {
	local dir="$PWD/.cache/axe-$axe_version"
	local file="$dir/node_modules/axe-core/axe.min.js"
	if [ ! -s "$file" ]; then
		say "fetching axe-core $axe_version"
		mkdir -p "$dir"
		quietly npm install --no-save --no-package-lock --ignore-scripts --no-audit --no-fund \
			--prefix "$dir" "axe-core@$axe_version"
	fi
	printf '%s\n' "$file"
}

# tool prints the path of a Go program of a fixed version, built once into .cache/bin.
tool() {
	local name=$1 package=$2 version=$3
	local dir="$PWD/.cache/bin/$name-$version"
	if [ ! -x "$dir/$name" ]; then
		say "building $name $version"
		GOBIN="$dir" GOFLAGS='' quietly go install "$package@$version"
	fi
	printf '%s\n' "$dir/$name"
}

# as_postgres runs a program of PostgreSQL, which refuses to run as root.
as_postgres() {
	if [ "$(id -u)" = 0 ]; then
		(cd / && runuser -u postgres -- "$@")
	else
		"$@"
	fi
}

pg_dir=""

stop_postgres() {
	[ -n "$pg_dir" ] || return 0
	as_postgres "$(pg_bin)/pg_ctl" -D "$pg_dir/data" -m immediate -w stop >/dev/null 2>&1 || true
	rm -rf "$pg_dir"
	pg_dir=""
}

# quick_dir prints where a cluster that is thrown away lies best: in memory where there is plenty, because each test makes a
# database of a thousand files and drops it.
quick_dir() {
	local room memory
	room=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
	memory=$(awk '/^MemAvailable/ { print $2 }' /proc/meminfo 2>/dev/null)
	if [ "${PG_FSYNC:-off}" = off ] && [ -w /dev/shm ] && [ "${room:-0}" -gt 6000000 ] && [ "${memory:-0}" -gt 8000000 ]; then
		printf '/dev/shm\n'
	else
		printf '%s\n' "$TMPDIR"
	fi
}

# start_postgres starts a cluster of our own on a free port of the loopback and exports TUNTAS_TEST_PG.
# It is thrown away at the end, so it never waits for the disk; whoever needs durable commits for a
# measurement sets PG_FSYNC=on.
start_postgres() {
	local bin port password
	bin=$(pg_bin)
	pg_dir=$(mktemp -d "$(quick_dir)/tuntas-pg.XXXXXX")
	trap stop_postgres EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM
	password=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
	printf '%s\n' "$password" >"$pg_dir/password"
	[ "$(id -u)" = 0 ] && chown -R postgres "$pg_dir"
	quietly as_postgres "$bin/initdb" -D "$pg_dir/data" -U tuntas -E UTF8 --locale=C --no-sync \
		--auth=scram-sha-256 --pwfile="$pg_dir/password"
	for _ in 1 2 3 4 5; do
		port=$((20000 + RANDOM % 12000)) # below the range that the kernel hands out itself
		if as_postgres "$bin/pg_ctl" -D "$pg_dir/data" -w -l "$pg_dir/log" start -o "-p $port -k $pg_dir \
			-c listen_addresses=127.0.0.1 -c max_connections=300 -c shared_buffers=128MB -c max_wal_size=256MB \
			-c fsync=${PG_FSYNC:-off} -c synchronous_commit=${PG_FSYNC:-off} \
			-c full_page_writes=${PG_FSYNC:-off}" >/dev/null 2>&1; then
			export TUNTAS_TEST_PG="postgres://tuntas:$password@127.0.0.1:$port/postgres?sslmode=disable"
			return 0
		fi
	done
	cat "$pg_dir/log" >&2
	return 1
}

# prepare makes everything that tests lean on, and says where it is.
prepare() {
	install_needs
	TUNTAS_TEST_CHROMIUM=$(chromium_path)
	TUNTAS_TEST_AXE=$(fetch_axe)
	export TUNTAS_TEST_CHROMIUM TUNTAS_TEST_AXE
	start_postgres
}
