/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * config_parse.h - the values of a world's constants, from text
 *
 * Each setter takes one value whole, explains a bad one, and changes nothing
 * then.
 */
#ifndef CORE_CONFIG_PARSE_H
#define CORE_CONFIG_PARSE_H

#include "core/mm.h"

/** Decimal or 0x, the whole of [s, end). */
bool parse_number(const char *s, const char *end, uint64_t *value);
/** Where a comma-separated item ends. */
const char *item_end(const char *s);

int set_zone(struct mm_config *cfg, const char *value, struct mm_error *err);
int set_zones(struct mm_config *cfg, const char *value, struct mm_error *err);
int set_pages(struct mm_config *cfg, const char *value, struct mm_error *err);
int set_memory(struct mm_config *cfg, const char *value, struct mm_error *err);
int set_reserved(struct mm_config *cfg, const char *value,
		 struct mm_error *err);
int set_cma(struct mm_config *cfg, const char *value, struct mm_error *err);
int set_distance(struct mm_config *cfg, const char *value,
		 struct mm_error *err);
int set_tier(struct mm_config *cfg, const char *value, struct mm_error *err);
int set_zone_layout(struct mm_config *cfg, const char *value,
		    struct mm_error *err);
int set_cpu_node(struct mm_config *cfg, const char *value,
		 struct mm_error *err);

#endif
