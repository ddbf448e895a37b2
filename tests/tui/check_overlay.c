/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_overlay.c - the keys that were pressed, for an audience
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "tui/keys.h"

static struct overlay o;
static struct canvas c;

static void setup(void)
{
	o = (struct overlay){0};
	ck_assert(canvas_open(&c, 1, 40));
}

static void teardown(void)
{
	canvas_close(&c);
}

static void shows(int cols, const char *expected)
{
	char *text;

	canvas_clear(&c);
	overlay_draw(&o, 0, cols, &c);
	text = canvas_to_text(&c);
	text[strcspn(text, "\n")] = '\0';
	ck_assert_str_eq(text + strspn(text, " "), expected);
	free(text);
}

START_TEST(keys_stand_in_a_row_the_newest_at_the_right)
{
	shows(40, "");
	overlay_note(&o, TK_RIGHT);
	overlay_note(&o, ':');
	overlay_note(&o, TK_ENTER);
	shows(40, "->   :   enter");
}
END_TEST

START_TEST(the_same_key_is_counted)
{
	for (int i = 0; i < 3; i++)
		overlay_note(&o, TK_RIGHT);
	overlay_note(&o, 'u');
	shows(40, "-> x3   u");
}
END_TEST

START_TEST(the_oldest_make_way)
{
	for (int i = 'a'; i <= 'z'; i++)
		overlay_note(&o, i);
	shows(40, "s   t   u   v   w   x   y   z");
	shows(9, "y   z");
	ck_assert_int_le(overlay_width(&o, 9), 9);
	shows(0, "");
}
END_TEST

START_TEST(every_key_has_a_name)
{
	char name[20];
	const struct key_row *row;

	for (unsigned int i = 0; (row = key_row(i)); i++) {
		key_label(row->key, name, sizeof name);
		ck_assert_msg(
			*name && (strcmp(name, "?") != 0 || row->key == 63),
			"%d", row->key);
	}
	key_label(TK_CTRL('l'), name, sizeof name);
	ck_assert_str_eq(name, "ctrl-l");
}
END_TEST

Suite *check_overlay_suite(void);

Suite *check_overlay_suite(void)
{
	Suite *s = suite_create("tui/overlay");
	TCase *t = tcase_create("overlay");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, keys_stand_in_a_row_the_newest_at_the_right);
	tcase_add_test(t, the_same_key_is_counted);
	tcase_add_test(t, the_oldest_make_way);
	tcase_add_test(t, every_key_has_a_name);
	suite_add_tcase(s, t);
	return s;
}
