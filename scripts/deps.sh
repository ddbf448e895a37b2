#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# deps.sh [--check] GROUP... - see that what building needs is here
#
# Groups: build, test, dev.  Silent when nothing is missing.  Otherwise says
# which Debian packages are missing and installs them with apt-get; with
# --check it only says so and fails.  It asks for what is used (a program, a
# library), not for packages, so other systems pass as well.
set -u

check=
if [ "${1-}" = --check ]; then
	check=1
	shift
fi
missing=

lack()
{
	missing="$missing $1"
}
have()
{
	command -v "$1" >/dev/null 2>&1
}
library() # pkg-config name, Debian package
{
	have pkg-config && pkg-config --exists "$1" || lack "$2"
}

need_build()
{
	have "${CC:-cc}" || have gcc || lack gcc
	have make || lack make
	echo '#include <stdio.h>' | cc -E - >/dev/null 2>&1 || lack libc6-dev
	have pkg-config || lack pkg-config
	library ncursesw libncurses-dev
	library readline libreadline-dev
	library jansson libjansson-dev
	library zlib zlib1g-dev
	library libcmark libcmark-dev
}
need_test()
{
	library check check
	library vterm libvterm-dev
}
need_dev()
{
	have clang || lack clang
	have clang-format || lack clang-format
	have clang-tidy || lack clang-tidy
	have mandoc || lack mandoc
	have valgrind || lack valgrind
}

for group; do
	case $group in
	build) need_build ;;
	test) need_test ;;
	dev) need_dev ;;
	*)
		echo "deps.sh: $group: expected build, test or dev" >&2
		exit 2
		;;
	esac
done
[ -n "$missing" ] || exit 0

if [ -n "$check" ]; then
	echo "missing packages:$missing; install them, or run \`make deps\`" >&2
	exit 1
fi
if ! have apt-get; then
	echo "missing (as Debian calls them):$missing;" \
		"install them and try again" >&2
	exit 1
fi
echo "installing missing packages:$missing"
as_root=
if [ "$(id -u)" != 0 ]; then
	if ! have sudo; then
		echo "not root and no sudo; as root run:" \
			"apt-get install$missing" >&2
		exit 1
	fi
	as_root=sudo
fi
$as_root apt-get update -qq || exit 1
# shellcheck disable=SC2086 # a list of words
$as_root env DEBIAN_FRONTEND=noninteractive \
	apt-get install -y -qq --no-install-recommends $missing || exit 1
