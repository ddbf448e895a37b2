# SPDX-License-Identifier: GPL-3.0-or-later
#
# table.awk - medians and ratios out of the lines of bench/run.sh
#
# Lines: round, peer, frames, metric, value.  A peer may report a metric more
# than once in a round; the median of these is its figure for the round.

function sort_values(n,    i, j, v)
{
	for (i = 2; i <= n; i++) {
		v = list[i]
		for (j = i - 1; j > 0 && list[j] > v; j--)
			list[j + 1] = list[j]
		list[j + 1] = v
	}
}
function median_of_list(n)
{
	if (!n)
		return -1
	sort_values(n)
	return n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2
}
# One peer's figure for one round; -1: none.
function of_round(round, peer, frames, metric,    i, n, key)
{
	key = round SUBSEP peer SUBSEP frames SUBSEP metric
	n = count[key]
	for (i = 1; i <= n; i++)
		list[i] = value[key, i]
	return median_of_list(n)
}
function over_rounds(peer, frames, metric,    i, n, v)
{
	n = 0
	for (i = 1; i <= nr_rounds; i++) {
		v = of_round(i, peer, frames, metric)
		if (v >= 0)
			each[++n] = v
	}
	for (i = 1; i <= n; i++)
		list[i] = each[i]
	return median_of_list(n)
}
function ratio(peer, other, frames, metric,    i, n, a, b)
{
	n = 0
	for (i = 1; i <= nr_rounds; i++) {
		a = of_round(i, peer, frames, metric)
		b = of_round(i, other, frames, metric)
		if (a >= 0 && b > 0)
			each[++n] = a / b
	}
	for (i = 1; i <= n; i++)
		list[i] = each[i]
	return median_of_list(n)
}
function cell(v, format)
{
	return v < 0 ? "-" : sprintf(format, v)
}
function table(frames, title,    m, p)
{
	if (over_rounds("buddyscope", frames, "fill") < 0)
		return
	printf "\n%s (%d frames), ns an operation, median\n%-18s", title,
		frames, ""
	for (p = 1; p <= nr_peers; p++)
		printf "%12s", peers[p]
	print ""
	for (m = 1; m <= nr_metrics; m++) {
		printf "%-18s", metrics[m]
		for (p = 1; p <= nr_peers; p++)
			printf "%12s", cell(over_rounds(peers[p], frames, \
				metrics[m]), "%.1f")
		print ""
	}
	printf "\n%s, ratios: the model over each stand-in, and recording " \
		"over not\n%-18s", title, ""
	for (p = 4; p < nr_peers; p++)
		printf "%12s", peers[p]
	printf "%14s%12s\n", "events/off", "tape/off"
	for (m = 1; m <= nr_metrics; m++) {
		printf "%-18s", metrics[m]
		for (p = 4; p < nr_peers; p++)
			printf "%12s", cell(ratio("buddyscope", peers[p], \
				frames, metrics[m]), "%.2f")
		printf "%14s%12s\n", cell(ratio("with events", \
			"buddyscope", frames, metrics[m]), "%.2f"),
			cell(ratio("with tape", "buddyscope", frames, \
			metrics[m]), "%.2f")
	}
}
function creation(frames, title)
{
	printf "  %-8s %9.2f ms, %8.1f MiB resident, %5.2f bytes a frame\n",
		title, over_rounds("buddyscope", frames, "create_ms"),
		over_rounds("buddyscope", frames, "create_mib"),
		over_rounds("buddyscope", frames, "bytes_per_frame")
}

BEGIN {
	nr_peers = split("buddyscope,with events,with tape,list_buddy," \
		"list_pcp,ref_model,array_stack,null", peers, ",")
	nr_metrics = split("fill_cold,fill,drain,repeat_pair,random_pair," \
		"burst_pair,mixed_pair,mixed_burst_pair", metrics, ",")
}
{
	key = $1 SUBSEP $2 SUBSEP $3 SUBSEP $4
	value[key, ++count[key]] = $5
	if ($1 > nr_rounds)
		nr_rounds = $1 + 0
}
END {
	table(262144, "1 GiB")
	table(4194304, "16 GiB")
	print "\nCreating a world:"
	creation(262144, "1 GiB")
	creation(4194304, "16 GiB")
	creation(268435456, "1 TiB")
}
