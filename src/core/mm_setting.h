/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mm_setting.h - settings and figures, by dotted name; part of mm.h
 */
#ifndef BUDDYSCOPE_MM_SETTING_H
#define BUDDYSCOPE_MM_SETTING_H

/**
 * Settings are changed at run time by dotted name, figures only read;
 * `vm.watermark_boost_factor`, `node0.Normal.free`, `pgfree`.
 * mm_figure() answers for both.
 */
struct mm_setting {
	const char *name, *unit, *help;
	int64_t min, max;
};
const struct mm_setting *mm_setting(unsigned int i); /* NULL past the last */
int mm_set(struct mm *mm, const char *name, int64_t value,
	   struct mm_error *err);
/** A setting that is a list or a word; as text, in the kernel's form. */
struct mm_text_setting {
	const char *name, *help;
};
const struct mm_text_setting *mm_text_setting(unsigned int i);
/** 0, -ENOENT or -EINVAL: what mm_set_text() would say. */
int mm_text_error(const struct mm *mm, const char *name, const char *text,
		  struct mm_error *err);
/** 0; or an error, and nothing has changed. */
int mm_set_text(struct mm *mm, const char *name, const char *text,
		struct mm_error *err);
/** Its value; -ENOENT if there is no such setting.  80 bytes are enough. */
int mm_get_text(const struct mm *mm, const char *name, char *buf, size_t size);
int mm_figure(const struct mm *mm, const char *name, int64_t *value,
	      const char **unit);
/** Every figure's name, one call each: for completion and listings. */
void mm_figure_names(const struct mm *mm, void (*each)(void *, const char *),
		     void *arg);

#endif
