/* SPDX-License-Identifier: Apache-2.0 */
/* GET /accessibility: how accessible the pages are, and whom to tell of what is not. */
#pragma once
#include "web/exchange.h"

handler_fn accessibility_handle;
