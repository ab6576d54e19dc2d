# SPDX-License-Identifier: Apache-2.0
"""All rows, in the order in which they are measured."""
import cluster
import forecast
import growth
import intake
import mail
import size
import visitors
import webhook

# curve comes last: the other machine is a network that the bench enters and does not leave.
PARTS = (intake, mail, webhook, forecast, size, growth, visitors, cluster)
ROWS = {name: row for part in PARTS for name, row in part.ROWS.items()}
ROWS["curve"] = ROWS.pop("curve")
