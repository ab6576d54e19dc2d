/* SPDX-License-Identifier: Apache-2.0 */
/* Between the files of the board: board_page.c asks and answers, board_view.c tells what the query's row says,
 * board_plots.c draws it, board_index.c lists
 * which there are, board_values.c reads rows. */
#pragma once
#include "web/page.h"
#include "web/plot.h"

/* Fill the view of PAGE_BOARD with a row of the query board. 0 or a negative errno. */
int board_put(const struct page_reader *to, json_t *view, const json_t *board);
/* That of PAGE_BOARDS with all its rows. */
int boards_put(const struct page_reader *to, json_t *view, const json_t *rows);

/* ---- plots -------------------------------------------------------------------------------------- */

/* Put a plot, if there is any; takes it. */
void board_draw(json_t *object, const char *name, char *svg);
/* How measures' statuses are drawn: over which days, those of all rows. */
struct plot_span board_span(const json_t *rows, struct instant now);
/* Of a row: its bars, where it has any; its strip, and its course in words. */
void board_put_bars(const struct page_reader *to, json_t *measure, const json_t *row,
		    struct plot_scale scale);
void board_put_course(const struct page_reader *to, json_t *measure, const json_t *row,
		      struct plot_span span);
/* The scale that all rows' bars have. */
struct plot_scale board_scale(const json_t *rows);
/* Has a row an effect to tell of? */
bool board_has_effect(const json_t *row);
/* The year's plot, the table beside it, and keys. */
void board_put_year(const struct page_reader *to, json_t *view, const json_t *board);
void board_put_keys(json_t *view);

/* ---- values ------------------------------------------------------------------------------------- */

/* A member's text; NULL for none. */
const char *board_text(const json_t *object, const char *member);
struct optional board_amount(const json_t *object, const char *member);
/* Whole kronor, as digits; nothing for none. */
void board_put_raw(json_t *object, const char *name, struct optional amount);
/* The day of a date or an instant; CIVIL_NONE for none. */
struct civil_date board_day(const json_t *object, const char *member);
/* A day without its weekday; "Title (id)". Nothing for none. */
void board_put_day(const struct page_reader *to, json_t *object, const char *name,
		   struct civil_date day);
void board_put_item(const struct page_reader *to, json_t *object, const char *title,
		    const char *id);
/* A status in words: the body's own, else the language's. */
const char *board_words(enum language language, const json_t *object);
