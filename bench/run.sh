#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# run.sh DIR - measure every peer in DIR, print tables
#
# Peers take turns, round by round, so that what disturbs the machine disturbs
# them alike.  A figure is the median over rounds; a ratio is taken within a
# round, and then the median.  QUICK=1: fewer and shorter rounds.
# ORACLE=DIR: recordings for the replay figure.  KEEP=FILE keeps the raw lines.
set -u
dir=$1
raw=${KEEP-$(mktemp)} || exit 1
[ -n "${KEEP-}" ] || trap 'rm -f "$raw"' EXIT
: > "$raw"
peers='list_buddy list_pcp ref_model array_stack null'

pin=
command -v taskset >/dev/null 2>&1 && taskset -c 0 true 2>/dev/null &&
	pin='taskset -c 0'
progress()
{
	[ -t 2 ] && printf '\r%-60s\r' "$*" >&2
	return 0
}
once() # round, program, arguments
{
	round=$1
	program=$2
	shift 2
	$pin "$dir/bench_$program" "$@" > "$raw.one" || {
		echo "bench: $program $* failed" >&2
		exit 1
	}
	sed "s/^/$round	/" "$raw.one" >> "$raw"
	rm -f "$raw.one"
}
rounds() # frames, rounds, loops, operations
{
	i=0
	while [ "$i" -lt "$2" ]; do
		i=$((i + 1))
		progress "$1 frames, round $i of $2"
		for record in off events tape; do
			BENCH_RECORD=$record \
				once "$i" buddyscope "$1" run "$3" "$4"
		done
		for peer in $peers; do
			once "$i" "$peer" "$1" run "$3" "$4"
		done
	done
}

GIB=262144
if [ -n "${QUICK-}" ]; then
	rounds $GIB 3 1 300000
	rounds $((16 * GIB)) 1 1 300000
else
	rounds $GIB 9 2 2000000
	rounds $((16 * GIB)) 5 1 2000000
fi
for i in 1 2 3; do
	progress "creating worlds, round $i of 3"
	for frames in $GIB $((16 * GIB)) $((1024 * GIB)); do
		BENCH_RECORD=off once "$i" buddyscope "$frames" init
	done
done
progress ''

awk -F '\t' -f bench/table.awk "$raw"

# Replay: the recording with most calls, the time of the whole command.
largest=$(find "${ORACLE-../shared/oracle}" tests/cases -name 'J_*.case*' \
	-exec ls -lS {} + 2>/dev/null | awk 'NR == 1 { print $NF }')
if [ -n "$largest" ] && [ -x ./buddyscope ]; then
	echo
	echo "replay of $largest, read, checked and compared:"
	for i in 1 2 3; do
		start=$(date +%s%N)
		# What the verdict is, `make check-replay` says.
		said=$(./buddyscope replay "$largest")
		end=$(date +%s%N)
		echo "$((end - start)) $said"
	done | sort -n | awk 'NR == 2 {
		match($0, /calls [0-9]+/)
		calls = substr($0, RSTART + 6, RLENGTH - 6)
		printf "  %.0f ms, %d calls, %.2f million calls a second\n",
			$1 / 1e6, calls, calls / $1 * 1e3 }'
fi

progress 'going back and forth in time'
jump=$($pin "$dir/bench_jump" 1000000) || exit 1
progress ''
echo "$jump" | LC_ALL=C awk -F '\t' '{
	printf "\nacross %d events: %s ms back, %s ms forward\n", $1, $2, $3 }'

# The screen: each key pressed when the frame before it stands.
screen() # name, `world new` arguments
{
	for i in 1 2 3; do
		"$dir/bench_screen" ./buddyscope 200 50 "$keys" --screen -c \
			"world new $2; alloc order=3 count=30 name=a; back 40"
	done | LC_ALL=C sort -n -k4 | awk -F '\t' -v name="$1" 'NR == 2 {
		printf "  %-8s %8s %8s %8s %12s %10s %8s\n",
			name, $1, $2, $3, $4, $5, $6 }'
}
if [ -x ./buddyscope ]; then
	keys=$([ -n "${QUICK-}" ] && echo 100 || echo 500)
	echo
	echo "the screen at 200x50, key to finished frame on a pty:"
	printf '  %-8s %8s %8s %8s %12s %10s %8s\n' \
		world 'med. ms' '99 % ms' 'most ms' '99 % cpu ms' \
		'B a frame' 'idle %'
	screen tiny tiny
	screen 16GiB laptop
	screen 1TiB 'laptop zone=Normal pages=1T'
fi
