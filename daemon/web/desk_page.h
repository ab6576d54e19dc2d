/* SPDX-License-Identifier: Apache-2.0 */
/* /desk: what needs a steward's hands today. */
#pragma once
#include "web/exchange.h"

handler_fn desk_handle;
