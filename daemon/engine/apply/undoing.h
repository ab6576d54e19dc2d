/* SPDX-License-Identifier: Apache-2.0 */
/* What an act changed is put back. */
#pragma once
#include "engine/apply/application.h"

/* Why a message that waits does not leave. */
#define TAKEN_BACK "what it tells of was taken back"

/*
 * What time has made of it meanwhile is gone with it, as far as nothing has left: steps that were decided since are
 * decided anew. act: of the event that is taken back.
 */
int undoing_restore(struct application *a, const struct kept_act *act);

/* The marks that time has made since the act, of what the act is about. row may write. A non-zero return ends it and
 * is returned. */
int undoing_each_mark(struct application *a, const struct kept_act *act,
		      int (*row)(void *userdata, const struct mark *mark), void *userdata);
