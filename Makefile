# SPDX-License-Identifier: GPL-3.0-or-later
#
# Each flavour of the build has a folder of its own under build/, so none
# needs `clean`.  The targets people type come first and run this file again
# for the flavour they need; the rules that make files come after them.
#
#   V=1        show every command           CC=clang   choose the compiler
#   T=core/pcp one suite of `make check`    WERROR=1   warnings are errors
#   JOBS=4     so many compilers at once    ORACLE=DIR where recordings are
#   FLAVOUR=asan  build/asan/buddyscope; also debug, clang, O0, clang-O0, cov

VERSION := 0.1.0
FLAVOUR ?= release
JOBS ?= $(shell nproc 2>/dev/null || echo 1)
prefix ?= /usr/local
bindir ?= $(prefix)/bin
libdir ?= $(prefix)/lib
includedir ?= $(prefix)/include
datadir ?= $(prefix)/share/buddyscope
mandir ?= $(prefix)/share/man
completiondir ?= $(prefix)/share/bash-completion/completions
INSTALL ?= install
NM ?= nm
OBJCOPY ?= objcopy
CLANG_FORMAT ?= clang-format

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:
Q := $(if $(V),,@)
say = $(if $(V),,@printf '  %-7s %s\n' $(1) $(2);)

# One more make, in parallel unless the caller has already said how parallel.
BUILD = +$(Q)$(MAKE) --no-print-directory \
	$(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(JOBS))
# The same inside a line of shell.
SUB = $(MAKE) --no-print-directory \
	$(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(JOBS))

# ---- what people type ----------------------------------------------------

.PHONY: all flavour release debug run deps picture install uninstall dist clean help
all: $(if $(filter release,$(FLAVOUR)),release,flavour)
flavour: # FLAVOUR=asan: build/asan/buddyscope
	@scripts/deps.sh --check build
	$(BUILD) program
	@echo '  built build/$(FLAVOUR)/buddyscope'
release: ## the optimised program, left at ./buddyscope; so does plain make
	@scripts/deps.sh --check build
	$(BUILD) FLAVOUR=release program
	@cmp -s build/release/buddyscope buddyscope || \
		cp -f build/release/buddyscope buddyscope
debug: ## unoptimised, with assertions: build/debug/buddyscope
	@scripts/deps.sh --check build
	$(BUILD) FLAVOUR=debug program
run: ## install what is missing, build, and open the screen
	@scripts/deps.sh build
	$(BUILD) release
	@./buddyscope --screen scripts/first-screen.buddy
picture: release ## draw the README's picture again
	@./buddyscope scripts/picture.buddy > /dev/null
deps: ## install what building, testing and developing need (apt-get)
	@scripts/deps.sh build test dev
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' \
		Makefile
	@echo; sed -n 's/^#   /  /p' Makefile
clean: ## remove everything that was built
	$(Q)rm -rf build buddyscope compile_commands.json

# ---- tests ---------------------------------------------------------------

.PHONY: check check-asan check-valgrind check-valgrind-screen check-scripts \
	check-screens \
	check-lessons \
	check-layers check-core check-docs check-replay replay-selected \
	check-house check-same-hash bless
check: ## the fast tests; T=core/buddy runs one suite
	@scripts/deps.sh build test
	$(BUILD) release
	$(BUILD) FLAVOUR=debug tests
	$(Q)tests/run-parts build/debug/run-tests '$(T)'
# Each test is a process whose end looks at all that was ever freed in the
# first one, so that much less of it is kept.
QUARANTINE := quarantine_size_mb=16
check-asan: ## the same under address and undefined-behaviour sanitizers
	@scripts/deps.sh build test
	$(BUILD) release
	$(BUILD) FLAVOUR=asan program tests
	$(Q)ASAN_OPTIONS=$(QUARANTINE) CHECK_PATIENCE=3 \
		CHECK_PROGRAM=build/asan/buddyscope \
		tests/run-parts build/asan/run-tests '$(T)'
check-valgrind: ## the same under valgrind (slow)
	@scripts/deps.sh build test dev
	$(BUILD) release
	$(BUILD) FLAVOUR=debug tests
	$(Q)CK_RUN_SUITE='$(T)' CK_FORK=no CK_DEFAULT_TIMEOUT=0 valgrind -q \
		--error-exitcode=9 --leak-check=full \
		--errors-for-leak-kinds=definite \
		--suppressions=tests/valgrind.supp build/debug/run-tests
check-valgrind-screen: ## the program on a terminal under valgrind: one long walk
	@scripts/deps.sh build test dev
	$(BUILD) FLAVOUR=debug program tests
	$(Q)CHECK_PROGRAM=tests/under-valgrind CHECK_PATIENCE=20 \
		CK_RUN_SUITE=tui/pty_walk CK_DEFAULT_TIMEOUT=600 \
		build/debug/run-tests || { cat build/valgrind.log; exit 1; }
check-scripts: release ## run the scripts in tests/scripts, compare the text
	$(Q)tests/check-scripts ./buddyscope
SCREEN_SUITES := $(patsubst tests/tui/check_%.c,tui/%,\
	$(shell grep -l support/screens.h tests/tui/*.c))
check-lessons: release ## every lesson solved by itself; a wrong one found out
	$(Q)tests/check-lessons ./buddyscope
check-screens: ## draw the views on a canvas, compare with tests/screens
	+$(Q)for t in $(SCREEN_SUITES); do $(SUB) check T=$$t || exit 1; done
bless: release ## renew the expected texts of both; read the difference
	$(Q)BLESS=1 tests/check-scripts ./buddyscope
	+$(Q)BLESS=1 $(SUB) check-screens
check-layers: ## who may include whom
	$(Q)tests/check-layers .
check-core: ## the library keeps no globals, needs little, shows mm_* only
	$(BUILD) FLAVOUR=lib library
	$(Q)NM='$(NM)' tests/check-core build/lib $(CC)
check-docs: release build/man/buddyscope-model.7 ## manuals name every command and option, and no others
	$(Q)tests/check-docs ./buddyscope
	$(Q)tests/check-examples ./buddyscope
check-house: ## the checks above can fail: each is shown a fault
	$(Q)tests/check-house
check-same-hash: ## gcc, clang, -O0 and -O2 end in the same bytes
	$(Q)MAKE='$(SUB)' tests/check-same-hash

ORACLE ?= ../shared/oracle
check-replay: release ## replay every recording in ORACLE=DIR
	$(Q)if [ -d '$(ORACLE)' ]; then \
		./buddyscope replay --only-supported \
			$$(find '$(ORACLE)' -name '*.case' -o -name '*.case.gz' | \
				LC_ALL=C sort); \
	else \
		echo 'check-replay: no folder $(ORACLE); give ORACLE=DIR'; \
		[ '$(origin ORACLE)' = file ]; \
	fi
replay-selected: release ## replay the recordings in tests/cases
	$(Q)./buddyscope replay tests/cases/*.case*

# ---- for developers ------------------------------------------------------

.PHONY: fuzz libfuzzer bench format format-check tidy coverage compdb
FUZZ_RUNS ?= 2000
fuzz: ## random lines, worlds and recordings under the sanitizers
	$(BUILD) FLAVOUR=asan fuzzers
	$(Q)for f in $(FUZZERS); do \
		FUZZ_RUNS=$(FUZZ_RUNS) build/asan/$$f || exit 1; done
libfuzzer: ## the same as libFuzzer programs in build/libfuzzer (clang)
	$(BUILD) FLAVOUR=libfuzzer fuzzers
bench: release ## ns an operation, and over stand-ins; QUICK=1 in two minutes
	$(BUILD) FLAVOUR=bench benches
	$(Q)QUICK='$(QUICK)' ORACLE='$(ORACLE)' bench/run.sh build/bench
format: ## let clang-format lay out the sources
	$(Q)$(CLANG_FORMAT) -i $(FORMATTED)
format-check: ## say which sources it would change
	$(Q)$(CLANG_FORMAT) --dry-run -Werror $(FORMATTED)
tidy: ## clang-tidy's opinion
	$(Q)clang-tidy --quiet --checks='$(TIDY_CHECKS)' $(SRC) -- \
		-std=c11 $(CPPFLAGS_COMMON) $(call pkg,cflags,$(PKGS))
coverage: ## lines that the tests run, file by file
	$(BUILD) release
	$(Q)find build/cov -name '*.gcda' -delete 2>/dev/null; true
	$(BUILD) FLAVOUR=cov tests
	$(Q)build/cov/run-tests >/dev/null
	$(Q)for f in $(SRC); do gcov -n build/cov/$${f%.c}.gcda; done \
		2>/dev/null | awk -F"[':%]" '/^File / { f = $$2 } \
		/^Lines/ && f ~ /^src.*c$$/ { printf "%6.1f %%  %s\n", \
			$$2, f; f = "" }' | sort -n
compdb: ## compile_commands.json for editors
	$(Q)for f in $(SRC) $(TEST_SRC); do \
		printf '%s{"directory": "%s", "file": "%s", ' \
			"$${sep-[}" '$(CURDIR)' $$f; \
		printf '"command": "cc -std=c11 %s -c %s"}\n' \
			'$(CPPFLAGS_COMMON) -Itests' $$f; \
		sep=,; done > compile_commands.json
	@echo ']' >> compile_commands.json

# ---- flavours ------------------------------------------------------------

B := build/$(FLAVOUR)
WARN := -Wall -Wextra -Wpedantic $(if $(WERROR),-Werror)
CPPFLAGS_COMMON := -Isrc -D_POSIX_C_SOURCE=200809L
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer
# Link-time optimisation where it works without further packages: gcc.
lto = $(shell $(CC) --version 2>/dev/null | grep -q clang || echo -flto=auto)

CC_clang := clang
CC_clang-O0 := clang
CC_libfuzzer := clang
FLAGS_release := -O2 -DNDEBUG $(if $(filter release,$(FLAVOUR)),$(lto))
# Where a function happens to lie must not decide: it is worth a quarter.
FLAGS_bench := -O2 -DNDEBUG -falign-functions=64
FLAGS_debug := -Og -g3
FLAGS_asan := -O1 -g $(SANITIZE)
FLAGS_clang := -O2 -g
FLAGS_O0 := -O0 -g
FLAGS_clang-O0 := -O0 -g
FLAGS_cov := -O0 -g --coverage
FLAGS_libfuzzer := -O1 -g $(SANITIZE) -fsanitize=fuzzer-no-link
FLAGS_lib := -O2 -DNDEBUG -fPIC -fno-semantic-interposition
ifeq ($(origin FLAGS_$(FLAVOUR)),undefined)
$(error FLAVOUR=$(FLAVOUR) is unknown: release debug asan clang O0 clang-O0 \
cov libfuzzer bench lib)
endif

COMPILER := $(or $(CC_$(FLAVOUR)),$(CC))
CFLAGS_ALL := -std=c11 $(WARN) $(FLAGS_$(FLAVOUR)) $(CPPFLAGS_COMMON) \
	$(CPPFLAGS) $(CFLAGS)

PKGS := ncursesw readline jansson zlib libcmark
TEST_PKGS := check vterm
# Asked for when a rule runs, not before: a bare machine has no pkg-config.
pkg = $(shell pkg-config --$(1) $(2))

# ---- sources -------------------------------------------------------------

CORE := $(wildcard src/core/*.c)
CMD := $(wildcard src/cmd/*.c)
LESSON := $(wildcard src/lesson/*.c)
TUI := $(wildcard src/tui/*.c)
SRC := $(CORE) $(CMD) $(LESSON) $(TUI) src/main.c
TEST_SRC := tests/main.c $(wildcard tests/*/check_*.c tests/support/*.c)
SUITES := $(patsubst %.c,%,$(notdir $(wildcard tests/*/check_*.c)))
FUZZERS := $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
BENCHES := $(patsubst bench/peer_%.c,bench_%,$(wildcard bench/peer_*.c))
FORMATTED = $(wildcard src/*.c src/*/*.[ch] tests/*.c tests/*/*.[ch] \
	bench/*.[ch])
TIDY_CHECKS := -*,bugprone-*,clang-analyzer-*,misc-static-assert,$\
	-bugprone-easily-swappable-parameters,-bugprone-macro-parentheses,$\
	-clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling

objects = $(patsubst %.c,$(B)/%.o,$(1))
OBJ := $(call objects,$(SRC))
NO_MAIN := $(call objects,$(CORE) $(CMD) $(LESSON) $(TUI))

# Only these files may see more than C and POSIX.
$(call objects,$(CMD)): PKG_FLAGS = $(call pkg,cflags,jansson zlib)
$(B)/src/lesson/grade_print.o: PKG_FLAGS = $(call pkg,cflags,jansson)
$(B)/src/lesson/parse.o $(B)/src/lesson/html.o: \
	PKG_FLAGS = $(call pkg,cflags,libcmark)
$(B)/src/cmd/edit.o: PKG_FLAGS = $(call pkg,cflags,readline)
$(B)/src/tui/term_curses.o $(B)/src/tui/term_keys.o: \
	PKG_FLAGS = $(call pkg,cflags,ncursesw)
$(B)/src/main.o: PKG_FLAGS = -DBUDDYSCOPE_VERSION='"$(VERSION)"'
$(B)/src/lesson/find.o: PKG_FLAGS = -DBUDDYSCOPE_DATADIR='"$(datadir)"'
$(call objects,$(TEST_SRC)): PKG_FLAGS = -Itests -I$(B) \
	$(call pkg,cflags,$(TEST_PKGS) jansson zlib)
$(B)/bench/%.o: PKG_FLAGS = -I.
$(B)/bench/peer_%.o: PKG_FLAGS = -I. $(lto)
$(B)/tests/fuzz/%.o: PKG_FLAGS = -Itests \
	$(if $(filter libfuzzer,$(FLAVOUR)),-DFUZZ_LIBFUZZER)

# ---- rules that make files -----------------------------------------------

.PHONY: program tests fuzzers benches library FORCE
program: $(B)/buddyscope
tests: $(B)/run-tests
fuzzers: $(addprefix $(B)/,$(FUZZERS))
benches: $(addprefix $(B)/,$(BENCHES)) $(B)/bench_screen $(B)/bench_jump
library: $(B)/libbuddyscope.a $(B)/libbuddyscope.so.0 $(B)/buddyscope.pc

$(B)/%.o: %.c $(B)/flags
	@mkdir -p $(@D)
	$(call say,CC,$@)$(COMPILER) $(CFLAGS_ALL) $(PKG_FLAGS) -MMD -MP \
		-c -o $@ $<
$(B)/buddyscope: $(OBJ)
	$(call say,LINK,$@)$(COMPILER) $(CFLAGS_ALL) $(LDFLAGS) -o $@ $(OBJ) \
		$(call pkg,libs,$(PKGS))
$(B)/run-tests: $(call objects,$(TEST_SRC)) $(NO_MAIN)
	$(call say,LINK,$@)$(COMPILER) $(CFLAGS_ALL) $(LDFLAGS) -o $@ $^ \
		$(call pkg,libs,$(PKGS) $(TEST_PKGS)) -lutil -lm
$(addprefix $(B)/,$(FUZZERS)): $(B)/fuzz_%: $(B)/tests/fuzz/fuzz_%.o \
		$(B)/tests/fuzz/loop.o $(call objects,$(CORE) $(CMD) $(LESSON))
	$(call say,LINK,$@)$(COMPILER) $(CFLAGS_ALL) $(LDFLAGS) \
		$(if $(filter libfuzzer,$(FLAVOUR)),-fsanitize=fuzzer) \
		-o $@ $^ $(call pkg,libs,readline jansson zlib libcmark)
$(addprefix $(B)/,$(BENCHES)): $(B)/bench_%: $(B)/bench/bench.o \
		$(B)/bench/loops.o $(B)/bench/peer_%.o $(call objects,$(CORE))
	$(call say,LINK,$@)$(COMPILER) $(CFLAGS_ALL) $(LDFLAGS) -o $@ $^
$(B)/bench_jump: $(B)/bench/jump.o $(call objects,$(CORE))
	$(call say,LINK,$@)$(COMPILER) $(CFLAGS_ALL) $(LDFLAGS) -o $@ $^
$(B)/bench_screen: $(B)/bench/screen.o
	$(call say,LINK,$@)$(COMPILER) $(CFLAGS_ALL) $(LDFLAGS) -o $@ $^ -lutil
# The harness must not see into a peer, so it is compiled apart from it.  What
# is called and its caller are compiled together, as in the program.
$(B)/src/core/%.o: PKG_FLAGS = $(if $(filter bench,$(FLAVOUR)),$(lto))

# All of core as one object that shows mm_* and nothing else.
$(B)/libbuddyscope.o: $(call objects,$(CORE))
	$(call say,LD,$@)$(LD) -r -o $@ $^
	$(Q)$(OBJCOPY) --wildcard --keep-global-symbol='mm_*' $@
$(B)/libbuddyscope.a: $(B)/libbuddyscope.o
	$(call say,AR,$@)rm -f $@ && $(AR) rcs $@ $^
$(B)/libbuddyscope.so.0: $(B)/libbuddyscope.o
	$(call say,LINK,$@)$(COMPILER) -shared $(LDFLAGS) \
		-Wl,-soname,libbuddyscope.so.0 -o $@ $^
$(B)/buddyscope.pc: scripts/buddyscope.pc.in FORCE
	@mkdir -p $(@D)
	@sed -e 's|@prefix@|$(prefix)|' -e 's|@libdir@|$(libdir)|' \
		-e 's|@includedir@|$(includedir)|' -e 's|@VERSION@|$(VERSION)|' \
		$< > $@

build/man/buddyscope-model.7: man/buddyscope-model.7.in scripts/model-table \
		$(wildcard src/core/*.[ch])
	@mkdir -p $(@D)
	$(call say,MAN,$@)awk -f scripts/model-table src/core/*.[ch] \
		> $@.table && sed -e '/^@TABLE@/r $@.table' -e '/^@TABLE@/d' \
		$< > $@
# Rewritten only when it changes: the command line, and the list of suites.
FLAGS_TEXT = $(COMPILER) $(CFLAGS_ALL) $(VERSION)
$(B)/flags: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' '$(subst ','\'',$(FLAGS_TEXT))' | cmp -s - $@ || \
		printf '%s\n' '$(subst ','\'',$(FLAGS_TEXT))' > $@
$(B)/suites.inc: FORCE
	@mkdir -p $(@D)
	@printf 'SUITE(%s_suite)\n' $(SUITES) | cmp -s - $@ || \
		printf 'SUITE(%s_suite)\n' $(SUITES) > $@
$(B)/tests/main.o: $(B)/suites.inc

-include $(patsubst %.o,%.d,$(OBJ) $(call objects,$(TEST_SRC)) \
	$(wildcard $(B)/bench/*.o $(B)/tests/fuzz/*.o))

# ---- installing ----------------------------------------------------------

DESTS = '$(DESTDIR)$(bindir)' '$(DESTDIR)$(libdir)/pkgconfig' \
	'$(DESTDIR)$(includedir)/buddyscope' '$(DESTDIR)$(datadir)/lessons/data' \
	'$(DESTDIR)$(completiondir)' $(foreach s,1 3 5 7,'$(DESTDIR)$(mandir)/man$(s)')
HEADERS := $(notdir $(wildcard src/core/mm*.h)) types.h trace_events.def
# One page has a part that is made from the head comments of the core.
PAGES := $(wildcard man/*.[1-9]) build/man/buddyscope-model.7
# So that the loader finds the new library; packagers have their own way.
LDCONFIG = $(if $(DESTDIR),,$(Q)PATH="$$PATH:/sbin:/usr/sbin"; \
	ldconfig 2>/dev/null || true)
install: release build/man/buddyscope-model.7 ## prefix=/usr/local; DESTDIR for packagers
	$(BUILD) FLAVOUR=lib library
	$(Q)$(INSTALL) -d $(DESTS)
	$(Q)$(INSTALL) -m 755 buddyscope '$(DESTDIR)$(bindir)'
	$(Q)$(INSTALL) -m 644 build/lib/libbuddyscope.a '$(DESTDIR)$(libdir)'
	$(Q)$(INSTALL) -m 755 build/lib/libbuddyscope.so.0 '$(DESTDIR)$(libdir)'
	$(Q)ln -sf libbuddyscope.so.0 '$(DESTDIR)$(libdir)/libbuddyscope.so'
	$(Q)$(INSTALL) -m 644 build/lib/buddyscope.pc \
		'$(DESTDIR)$(libdir)/pkgconfig'
	$(Q)for h in $(HEADERS); do sed 's|"core/|"buddyscope/|' src/core/$$h \
		> '$(DESTDIR)$(includedir)/buddyscope/'$$h || exit 1; done
	$(Q)for p in $(PAGES); do $(INSTALL) -m 644 $$p \
		'$(DESTDIR)$(mandir)/man'$${p##*.} || exit 1; done
	$(Q)$(INSTALL) -m 644 scripts/completion.bash \
		'$(DESTDIR)$(completiondir)/buddyscope'
	$(Q)for p in $(wildcard lessons/*.md); do \
		$(INSTALL) -m 644 $$p '$(DESTDIR)$(datadir)/lessons'; done
	$(Q)$(INSTALL) -m 644 lessons/data/* '$(DESTDIR)$(datadir)/lessons/data'
	$(LDCONFIG)
uninstall: ## takes back what install put there
	$(Q)rm -rf '$(DESTDIR)$(datadir)' '$(DESTDIR)$(includedir)/buddyscope'
	$(Q)rm -f '$(DESTDIR)$(bindir)/buddyscope' \
		'$(DESTDIR)$(completiondir)/buddyscope' \
		'$(DESTDIR)$(libdir)/pkgconfig/buddyscope.pc' \
		$(foreach l,a so so.0,'$(DESTDIR)$(libdir)/libbuddyscope.$(l)')
	$(LDCONFIG)
	$(Q)for p in $(PAGES); do \
		rm -f '$(DESTDIR)$(mandir)/man'$${p##*.}/$${p##*/}; done
dist: ## buddyscope-VERSION.tar.gz of what is committed
	$(Q)git archive --prefix=buddyscope-$(VERSION)/ HEAD | gzip -9n \
		> buddyscope-$(VERSION).tar.gz
