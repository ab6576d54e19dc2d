/* SPDX-License-Identifier: Apache-2.0 */
/* What the commands do: one function for each that is not like another. Each returns the exit code of
 * the program, and has told what went wrong. */
#pragma once
#include "client/command.h"

/* events.c: status, submit, extend, meeting, note */
int event_command(const struct call *call);
/* requests.c: requests; grant and deny */
int requests_command(const struct call *call);
int decide_command(const struct call *call);
/* take_back.c: undo */
int undo_command(const struct call *call);
/* send.c */
int send_command(const struct call *call);
/* list.c */
int list_command(const struct call *call);
/* queries.c: why and what else is a table of rows; forecast.c; outbox.c; show.c: show, whoami; report.c */
int rows_command(const struct call *call);
int forecast_command(const struct call *call);
int outbox_command(const struct call *call);
/* sessions.c */
int sessions_command(const struct call *call);
int show_command(const struct call *call);
int report_command(const struct call *call);
/* today.c */
int today_command(const struct call *call);
/* assignments.c */
int assignments_command(const struct call *call);
/* board.c */
int board_command(const struct call *call);
/* watch.c */
int watch_command(const struct call *call);
/* operations.c: test; preview and link; verify; reload and hold; go; backup; erase; flush; help */
int test_command(const struct call *call);
int text_command(const struct call *call);
int verify_command(const struct call *call);
int operate_command(const struct call *call);
int go_command(const struct call *call);
int backup_command(const struct call *call);
int erase_command(const struct call *call);
int flush_command(const struct call *call);
int help_command(const struct call *call);
/* receive.c */
int receive_command(const struct call *call);
/* import.c */
int import_command(const struct call *call);
/* key.c */
int keygen_command(const struct call *call);
