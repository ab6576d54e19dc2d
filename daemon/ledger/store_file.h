/* SPDX-License-Identifier: Apache-2.0 */
/* The place of a store kept in a file: who has it, and what is there. */
#pragma once

/*
 * One process a store: an advisory lock on a file beside it, which holds the owner's pid as text. 0 and
 * the lock in *ret_fd, released by closing it; 1 when a process has it, its pid in *ret_pid (0: not
 * known); or a negative errno.
 */
int store_file_lock(const char *path, int *ret_fd, int *ret_pid);

/*
 * Make sure that there is a file at path, an empty one of mode 0600 if there was nothing. 0; 1 when
 * what is there is neither a store nor room for one; or a negative errno.
 */
int store_file_prepare(const char *path);
