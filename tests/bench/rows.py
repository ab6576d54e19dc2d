# SPDX-License-Identifier: Apache-2.0
"""All rows, in the order in which they are measured."""
import intake

# curve comes last: its machine of another kind is a network that the bench enters and does not leave.
ROWS = {**intake.ROWS}
ROWS["curve"] = ROWS.pop("curve")
