/* SPDX-License-Identifier: Apache-2.0 */
/* The variables that whoever starts us has set. */
#pragma once

/*
 * Remove each variable whose name begins so: a library that reads them would go by them where our own files say
 * nothing. Before there is a second thread.
 */
void environment_drop(const char *prefix);
