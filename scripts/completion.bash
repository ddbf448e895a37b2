# SPDX-License-Identifier: GPL-3.0-or-later
#
# completion.bash - options, subcommands and files of buddyscope, for bash
#
# Asks the program itself, so that there is no list to keep.

_buddyscope()
{
	local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
	local program=${COMP_WORDS[0]} words

	case $before in
	--world)
		words=$("$program" -c 'help world new' 2>/dev/null |
			sed -n '/^Presets:/,/^Constants:/s/^  \([^ ]*\).*/\1/p')
		;;
	-c)
		words=$("$program" -c 'help all' 2>/dev/null |
			sed -n 's/^  \([a-z_]*\).*/\1/p')
		;;
	lesson)
		words="check list new print $("$program" lesson list 2>/dev/null |
			sed -n 's/.*\([0-9][0-9]-[-a-z0-9]*\).*/\1/p')"
		;;
	--format)
		words="text tap json gradescope"
		;;
	--feedback)
		words="full where pass"
		;;
	*)
		words=$("$program" --help 2>/dev/null |
			sed -n 's/^  \(-[-a-z]*\).*/\1/p')
		[ "$COMP_CWORD" = 1 ] && words="$words replay lesson grade"
		;;
	esac
	# shellcheck disable=SC2207 # words have no blanks
	COMPREPLY=($(compgen -W "$words" -- "$word") $(compgen -f -- "$word"))
}
complete -o filenames -F _buddyscope buddyscope
