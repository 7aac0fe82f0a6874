#!/usr/bin/env bash
# Go's time.Time.ZoneBounds tells bounds that are no changes of the zone, and one
# that lies before the time itself, for times beyond the transitions that the tz
# database lists (2037 and later), where the zone's rule decides.
#
# Seen with go1.26.8 and its own embedded tz database, America/New_York:
#   2040-12-31 12:00 UTC  end   2040-12-31 00:00 UTC, twelve hours before the time
#                               (the last day of a leap year is cut off)
#   2041-02-01 12:00 UTC  start 2041-01-01 00:00 UTC, where the clocks do not change
#                               (2040-11-04 06:00 UTC is the last change before)
# In 2036, which the table lists, both bounds are changes of the clocks.
#
# Whoever cuts time into calendar days by ZoneBounds must ask whether the offset
# really differs on both sides, and must not loop until "end is after t".
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat > go.mod <<'MOD'
module finding

go 1.26

toolchain go1.26.8
MOD
cat > main.go <<'GO'
package main

import (
	"fmt"
	"time"
	_ "time/tzdata"
)

func main() {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		panic(err)
	}
	for _, at := range []time.Time{
		time.Date(2036, 12, 31, 12, 0, 0, 0, time.UTC),
		time.Date(2040, 12, 31, 12, 0, 0, 0, time.UTC),
		time.Date(2041, 2, 1, 12, 0, 0, 0, time.UTC),
	} {
		start, end := at.In(zone).ZoneBounds()
		fmt.Println(at.Format(time.DateTime), "from", start.UTC().Format(time.DateTime), "to", end.UTC().Format(time.DateTime), "inside", end.After(at))
	}
}
GO
go version
got=$(ZONEINFO=/nonexistent go run .)
echo "$got"
diff <(echo "$got") - <<'WANT'
2036-12-31 12:00:00 from 2036-11-02 06:00:00 to 2037-03-08 07:00:00 inside true
2040-12-31 12:00:00 from 2040-11-04 06:00:00 to 2040-12-31 00:00:00 inside false
2041-02-01 12:00:00 from 2041-01-01 00:00:00 to 2041-03-10 07:00:00 inside true
WANT
