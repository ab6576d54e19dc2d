/* SPDX-License-Identifier: Apache-2.0 */
/* The names that the templates of signing in may use. */
#include "message/page_vars.h"

const struct template_var page_sign_in_vars[] = {
	PAGE_VARS,
	OPTIONAL("to"),	    /* the page that is wanted, which one is to be signed in for */
	OPTIONAL("typed"),  /* as the address */
	FLAG("no_address"), /* that is none */
	FLAG("sent"),	    /* a link has been asked for */
	FLAG("by_proxy"),   /* it is another program that signs them in and out */
	FLAG("out"),	    /* the session has been ended */
	END,
};
/* Exactly one of the flags. */
const struct template_var page_sign_in_link_vars[] = {
	PAGE_VARS,
	FLAG("good"),
	FLAG("used"),
	FLAG("over"),
	OPTIONAL("form"), /* of `good`: what the button's form has in it */
	OPTIONAL("to"),
	OPTIONAL("typed"),
	FLAG("no_address"), /* of the form for another */
	END,
};
const struct template_var page_onward_vars[] = { PAGE_VARS, FILLED("to"), END };
const struct template_var page_accessibility_vars[] = { PAGE_VARS, END };
