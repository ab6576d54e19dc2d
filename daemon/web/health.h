/* SPDX-License-Identifier: Apache-2.0 */
/* What supervisors ask: GET /healthz, is the daemon alive; GET /readyz, does its work go on. */
#pragma once
#include "web/exchange.h"

handler_fn health_alive, health_ready;
