#!/bin/sh
# Run the examples against each other and check what comes of it. The environment of Wine is the caller's.
# Usage: demo.sh BUILD_DIRECTORY
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
programs=$(cd "$1/examples" && pwd)
work=$programs/demo
server=

die() {
	printf 'FAILED: %s\n' "$*" >&2
	exit 1
}

# start PROGRAM ARGUMENT...: start it, and return when it has printed the line "ready". More of what it prints waits in
# descriptor 3. Nothing hangs for ever: 'timeout' ends it, and its end closes the pipe. The shell lets what runs in the background ignore
# SIGINT, and newer versions of 'timeout' would go on with that, and not pass it on.
start() {
	rm -f "$work/pipe"
	mkfifo "$work/pipe"
	program=$programs/$1.exe
	shift
	env --default-signal=INT timeout -k 5 300 wine "$program" "$@" >"$work/pipe" 2>"$work/errors" </dev/null &
	server=$!
	exec 3<"$work/pipe"
	while IFS= read -r line <&3; do
		case $line in
		ready*) return 0 ;;
		esac
	done
	cat "$work/errors" >&2
	die "$program did not get ready"
}

# finish: wait for the started program's end, which has to be a good one, and print what it printed meanwhile.
finish() {
	status=0
	wait "$server" || status=$?
	server=
	tr -d '\r' <&3
	exec 3<&-
	[ "$status" -eq 0 ] || {
		cat "$work/errors" >&2
		die "$program ended with status $status"
	}
}

# As Ctrl+C in its console does, and pressed twice: 'timeout' passes it on to Wine's first process and to the group, in which a 32-bit
# program is another one.
stop() {
	kill -INT "$server"
	finish
}

cleanup() {
	[ -z "$server" ] || {
		kill -TERM "$server" 2>/dev/null || true
		wait "$server" || true
	}
	rm -rf "$work/served" "$work/fetched" "$work/pipe"
}

# client PROGRAM ARGUMENT...: run it and show what it prints, which is in $work/output too. Returns its exit status.
client() {
	printf '$ %s\n' "$*"
	client=$programs/$1.exe
	shift
	status=0
	timeout --foreground -k 5 120 wine "$client" "$@" >"$work/raw" 2>&1 </dev/null || status=$?
	tr -d '\r' <"$work/raw" >"$work/output"
	grep '^txn=' "$work/output" >>"$work/calls" || true
	if [ "$(wc -l <"$work/output")" -le 20 ]; then
		cat "$work/output"
	else
		grep '^txn=' "$work/output"
		tail -n 1 "$work/output"
		echo "($(grep -cv '^txn=' "$work/output") lines in all)"
	fi
	return "$status"
}

# files COMMAND...: run a command of the file client that has to succeed.
files() {
	client files/files-client "$@" || die "files-client $1 failed"
}

# prints LINE: the last client has printed that line.
prints() {
	grep -qxF -- "$1" "$work/output" || die "the line '$1' is missing"
}

# refused ERROR COMMAND...: the file server answers with that error.
refused() {
	error=$1
	shift
	! client files/files-client "$@" || die "'$*' succeeded"
	prints "files-client: $error"
}

# Random bytes are no gift to anything that would compress or deduplicate them.
make_files() {
	mkdir -p "$work/served/many"
	cp "$root/README.md" "$work/served/README.md"
	cp "$(readlink -f /usr/bin/python3)" "$work/served/executable"
	printf '%s' 'twenty bytes of text' >"$work/served/20-bytes"
	head -c 102400 /dev/urandom >"$work/served/100-kb"
	head -c 20971520 /dev/urandom >"$work/served/20-mb"
	: >"$work/served/empty"
	seq -f 'the name of this file is %04g.txt' 1500 | (cd "$work/served/many" && tr '\n' '\0' | xargs -0 touch)
}

run_calc() {
	start calc/calc-server
	client calc/calc-client || die "calc-client failed"
	prints '2 + 3 = 5'
	prints 'memory: 5'
	prints '1 / 0: DivisionByZero'
	stop
}

# fetch OPTION...: every file, and a range of one, as the client gets them with these options.
fetch() {
	for name in README.md executable empty 20-bytes 100-kb 20-mb; do
		files "$@" get "$name" "Z:$work/fetched"
		cmp "$work/served/$name" "$work/fetched" || die "$name came back different"
		echo "identical: $name, $(stat -c %s "$work/fetched") bytes"
	done
	files "$@" get executable "Z:$work/fetched" 1000001 654321
	tail -c +1000002 "$work/served/executable" | head -c 654321 | cmp - "$work/fetched" ||
		die "the range came back different"
	echo "identical: 654321 bytes of executable from 1000001 on"
}

run_files() {
	start files/files-server "Z:$work/served"
	files stat README.md
	files list ''
	files list many
	[ "$(grep -c 'the name of this file is' "$work/output")" -eq 1500 ] || die "the listing is not complete"
	files --no-resident list many
	[ "$(grep -c 'the name of this file is' "$work/output")" -eq 1500 ] || die "the listing is not complete"
	fetch --no-resident
	fetch
	files sum 20-mb
	prints "$(sha256sum <"$work/served/20-mb" | cut -d ' ' -f 1)"
	refused NotFound stat missing
	refused NotAFile sum many 0 0
	refused NotADirectory list README.md
	refused OutOfRange sum 20-bytes 0 21
	refused BadPath stat ../served/README.md
	stop
}

run_single_instance() {
	start single-instance/single-instance first.txt
	client single-instance/single-instance second.txt 'with blanks.txt' || die "the second start failed"
	client single-instance/single-instance --quit || die "--quit failed"
	finish >"$work/output"
	cat "$work/output"
	grep -q '^opened in .*: second.txt with blanks.txt$' "$work/output" || die "the arguments did not arrive"
}

check_routes() {
	for route in value message section resident; do
		count=$(grep -c " reply=$route " "$work/calls") || die "no reply came by $route"
		echo "replies by $route: $count"
	done
}

rm -rf "$work"
mkdir -p "$work"
: >"$work/calls"
trap cleanup EXIT
trap 'exit 1' HUP INT TERM

make_files
run_calc
run_files
run_single_instance
check_routes
echo "all calls succeeded, all files are identical"
