/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_palette.c - themes can be read, by eyes that lack a kind of cone too
 *
 * Contrast is that of WCAG 2.1; colours are seen through the matrices of
 * Machado, Oliveira and Fernandes (2009) at full severity, and their distance
 * is CIEDE2000, of which 1 is just noticed and 10 is seen at a glance.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tui/palette.h"

#define PI 3.14159265358979323846

static const double eyes[][3][3] = {
	{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	{{0.152286, 1.052583, -0.204868}, /* protanopia */
	 {0.114503, 0.786281, 0.099216},
	 {-0.003882, -0.048116, 1.051998}},
	{{0.367322, 0.860646, -0.227968}, /* deuteranopia */
	 {0.280085, 0.672501, 0.047413},
	 {-0.011820, 0.042940, 0.968881}},
	{{1.255528, -0.076749, -0.178779}, /* tritanopia */
	 {-0.078411, 0.930809, 0.147602},
	 {0.004733, 0.691367, 0.303900}},
};
#define NR_EYES 4

struct light {
	double rgb[3]; /* linear, 0 to 1 */
};

struct lab_colour {
	double l, a, b;
};

static double linear(unsigned int byte)
{
	const double c = byte / 255.0;

	return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static struct light light_of(uint8_t of256)
{
	const uint32_t rgb = palette_rgb(of256);

	return (struct light){
		{linear(rgb >> 16), linear(rgb >> 8 & 255), linear(rgb & 255)}};
}

static double luminance(struct light c)
{
	return 0.2126 * c.rgb[0] + 0.7152 * c.rgb[1] + 0.0722 * c.rgb[2];
}

static double contrast(uint8_t a, uint8_t b)
{
	const double la = luminance(light_of(a)) + 0.05;
	const double lb = luminance(light_of(b)) + 0.05;

	return la > lb ? la / lb : lb / la;
}

static struct light seen(struct light c, int eye)
{
	struct light out;

	for (int i = 0; i < 3; i++) {
		double v = 0;

		for (int k = 0; k < 3; k++)
			v += eyes[eye][i][k] * c.rgb[k];
		out.rgb[i] = v < 0 ? 0 : v > 1 ? 1 : v;
	}
	return out;
}

static double bend(double t)
{
	return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}

static struct lab_colour lab_of(struct light c)
{
	const double *v = c.rgb;
	const double x =
		(0.4124564 * v[0] + 0.3575761 * v[1] + 0.1804375 * v[2]) /
		0.95047;
	const double z =
		(0.0193339 * v[0] + 0.1191920 * v[1] + 0.9503041 * v[2]) /
		1.08883;
	const double y = bend(luminance(c));

	return (struct lab_colour){116 * y - 16, 500 * (bend(x) - y),
				   200 * (y - bend(z))};
}

static double degrees(double b, double a)
{
	const double h = atan2(b, a) * 180 / PI;

	return h < 0 ? h + 360 : h;
}

static double cosine(double deg)
{
	return cos(deg * PI / 180);
}

static double hue_between(double h1, double h2, bool grey)
{
	if (grey)
		return h1 + h2;
	if (fabs(h1 - h2) <= 180)
		return (h1 + h2) / 2;
	return h1 + h2 < 360 ? (h1 + h2 + 360) / 2 : (h1 + h2 - 360) / 2;
}

/* CIEDE2000 with all factors 1. */
static double distance(struct lab_colour p, struct lab_colour q)
{
	const double m = (hypot(p.a, p.b) + hypot(q.a, q.b)) / 2;
	const double g = 0.5 * (1 - sqrt(pow(m, 7) / (pow(m, 7) + pow(25, 7))));
	const double pa = p.a * (1 + g), qa = q.a * (1 + g);
	const double pc = hypot(pa, p.b), qc = hypot(qa, q.b);
	const double ph = degrees(p.b, pa), qh = degrees(q.b, qa);
	const bool grey = pc * qc == 0;
	double turn = grey ? 0 : qh - ph;
	const double lm = (p.l + q.l) / 2 - 50, cm = (pc + qc) / 2;
	const double hm = hue_between(ph, qh, grey);
	const double t = 1 - 0.17 * cosine(hm - 30) + 0.24 * cosine(2 * hm) +
			 0.32 * cosine(3 * hm + 6) - 0.2 * cosine(4 * hm - 63);
	const double swing = 30 * exp(-pow((hm - 275) / 25, 2));
	const double rt = -sin(2 * swing * PI / 180) * 2 *
			  sqrt(pow(cm, 7) / (pow(cm, 7) + pow(25, 7)));
	double dl, dc, dh;

	if (turn > 180)
		turn -= 360;
	if (turn < -180)
		turn += 360;
	dl = (q.l - p.l) / (1 + 0.015 * lm * lm / sqrt(20 + lm * lm));
	dc = (qc - pc) / (1 + 0.045 * cm);
	dh = 2 * sqrt(pc * qc) * sin(turn / 2 * PI / 180) /
	     (1 + 0.015 * cm * t);
	return sqrt(dl * dl + dc * dc + dh * dh + rt * dc * dh);
}

/* The least one, over all kinds of eyes. */
static double apart(uint8_t a, uint8_t b)
{
	double least = 1e9;

	for (int eye = 0; eye < NR_EYES; eye++) {
		const double d = distance(lab_of(seen(light_of(a), eye)),
					  lab_of(seen(light_of(b), eye)));

		least = d < least ? d : least;
	}
	return least;
}

/* ---- the ruler itself ---- */

START_TEST(the_ruler_is_right)
{
	/* two pairs of the published test data for CIEDE2000 */
	const struct lab_colour a = {50, 2.6772, -79.7751},
				b = {50, 0, -82.7485};
	const struct lab_colour c = {50, 2.5, 0}, d = {73, 25, -18};

	ck_assert_double_eq_tol(distance(a, b), 2.0425, 0.0001);
	ck_assert_double_eq_tol(distance(c, d), 27.1492, 0.0001);
	/* black on white, and a grey that is known to pass by a hair */
	ck_assert_double_eq_tol(contrast(16, 231), 21, 0.01);
	ck_assert_double_eq_tol(contrast(231, 243), 4.54, 0.05);
	ck_assert_uint_eq(palette_rgb(16), 0);
	ck_assert_uint_eq(palette_rgb(231), 0xffffff);
	ck_assert_uint_eq(palette_rgb(244), 0x808080);
	ck_assert_uint_eq(palette_rgb(208), 0xff8700);
}
END_TEST

/* ---- the themes ---- */

static uint8_t of(const struct theme *t, int role)
{
	return t->look[role].colour.of256;
}

/* Lines and holes are no text: WCAG asks 3 of them, and 4.5 of text. */
static double needed(int theme, int role)
{
	if (theme == THEME_CONTRAST)
		return 7;
	return role == ROLE_BORDER || role == ROLE_HOLE ? 3 : 4.5;
}

START_TEST(every_role_is_read_on_its_ground)
{
	for (int i = 0; i < NR_THEMES; i++) {
		const struct theme *t = palette_theme((enum theme_id)i);

		for (int r = 0; t->coloured && r < NR_ROLES; r++) {
			const double got = contrast(of(t, r), t->ground.of256);

			ck_assert_uint_ge(of(t, r), 16);
			ck_assert_msg(got >= needed(i, r),
				      "%s: role %d: contrast %.2f", t->name, r,
				      got);
		}
	}
}
END_TEST

START_TEST(the_types_keep_apart_for_all_eyes)
{
	for (int i = 0; i < NR_THEMES; i++) {
		const struct theme *t = palette_theme((enum theme_id)i);

		for (int a = ROLE_UNMOVABLE; t->coloured && a <= ROLE_ISOLATE;
		     a++)
			for (int b = ROLE_UNMOVABLE; b < a; b++)
				ck_assert_msg(apart(of(t, a), of(t, b)) >= 12,
					      "%s: roles %d and %d: %.1f apart",
					      t->name, a, b,
					      apart(of(t, a), of(t, b)));
	}
}
END_TEST

START_TEST(good_and_bad_keep_apart_for_all_eyes)
{
	for (int i = 0; i < NR_THEMES; i++) {
		const struct theme *t = palette_theme((enum theme_id)i);

		if (t->coloured)
			ck_assert_msg(
				apart(of(t, ROLE_GOOD), of(t, ROLE_BAD)) >= 12,
				"%s: %.1f", t->name,
				apart(of(t, ROLE_GOOD), of(t, ROLE_BAD)));
	}
}
END_TEST

/* Nobody's light ground takes yellow, cyan or white letters. */
START_TEST(few_colours_are_used_with_care)
{
	for (int i = 0; i < NR_THEMES; i++) {
		const struct theme *t = palette_theme((enum theme_id)i);

		for (int r = 0; t->coloured && r < NR_ROLES; r++) {
			const struct colour c = t->look[r].colour;

			ck_assert_uint_lt(c.of8, 8);
			ck_assert_uint_lt(c.of16, 16);
			ck_assert_uint_ne(c.of8, t->ground.of8);
			ck_assert_uint_ne(c.of16, t->ground.of16);
			if (i == THEME_LIGHT)
				ck_assert(c.of16 == 0 || c.of16 == 1 ||
					  c.of16 == 4 || c.of16 == 5);
		}
	}
}
END_TEST

START_TEST(themes_are_found_by_name)
{
	for (int i = 0; i < NR_THEMES; i++)
		ck_assert_int_eq(
			theme_find(palette_theme((enum theme_id)i)->name), i);
	ck_assert_int_eq(theme_find("pink"), -1);
	ck_assert(!palette_theme(THEME_MONO)->coloured);
}
END_TEST

START_TEST(no_colour_is_obeyed)
{
	setenv("NO_COLOR", "1", 1);
	ck_assert(!palette_wants_colour());
	setenv("NO_COLOR", "", 1);
	ck_assert(palette_wants_colour());
	unsetenv("NO_COLOR");
	ck_assert(palette_wants_colour());
}
END_TEST

Suite *check_palette_suite(void);

Suite *check_palette_suite(void)
{
	Suite *s = suite_create("tui/palette");
	TCase *t = tcase_create("palette");

	tcase_add_test(t, the_ruler_is_right);
	tcase_add_test(t, every_role_is_read_on_its_ground);
	tcase_add_test(t, the_types_keep_apart_for_all_eyes);
	tcase_add_test(t, good_and_bad_keep_apart_for_all_eyes);
	tcase_add_test(t, few_colours_are_used_with_care);
	tcase_add_test(t, themes_are_found_by_name);
	tcase_add_test(t, no_colour_is_obeyed);
	suite_add_tcase(s, t);
	return s;
}
