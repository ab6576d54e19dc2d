/* SPDX-License-Identifier: Apache-2.0 */
/* /calendar/TOKEN.ics: a person's or a body's calendar, which programs fetch again and again. */
#pragma once
#include "web/exchange.h"

handler_fn calendar_handle;
