/* SPDX-License-Identifier: Apache-2.0 */
/* Mail addresses as people read them. */
#pragma once

/* As it is in a plan, its domain in ASCII. Freed by the caller; NULL when it is no address, or out of memory. */
char *mail_address_ascii(const char *address);
/* The address with the letters of an internationalised domain, in place of its form in ASCII; any other as
 * it is. Freed by the caller; NULL when out of memory. */
char *mail_address_shown(const char *address);
