/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Give memory that was used for a while, and is free, back to the kernel. To be called when the work that
 * took it is over, since it takes a millisecond or so. */
void memory_give_back(void);
