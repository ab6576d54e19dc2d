/* SPDX-License-Identifier: Apache-2.0 */
/* Standard input, output and error: descriptors 0, 1 and 2. */
#pragma once

/*
 * Open /dev/null as each of them that is closed, before anything else is opened. Who starts us may have closed
 * them; the store or a socket would take their numbers, and the log, which goes to number 2, would be
 * written into it.
 */
void standard_files_open(void);
