/* SPDX-License-Identifier: Apache-2.0 */
/* Signing in and out: / asks for an address, /login has a link sent there, /in/TOKEN takes it, /out ends it. */
#pragma once
#include "web/exchange.h"
#include "web/fields.h"

handler_fn sign_in_home, sign_in_login, sign_in_link, sign_in_out;
extern const struct field_rule sign_in_login_rules[], sign_in_link_rules[], sign_in_out_rules[];

/* The page that leads a browser on to the one it asked for, as if from here: for who may have a cookie that the browser
 * does not show to where a link on another site leads. */
void sign_in_lead_on(struct exchange *x);
