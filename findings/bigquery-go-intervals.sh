#!/usr/bin/env bash
# cloud.google.com/go/bigquery 1.86.2 makes other INTERVALs of those it reads and writes,
# without an error, where they are of less than an hour and negative, or not whole seconds:
#   - ToDuration multiplies the nanoseconds by 1e9 in 32 bits. Half a second is -743 ms.
#   - ParseInterval drops the sign of 0-0 0 -0:0:1, which is what BigQuery answers for
#     a second less than nothing: the difference of two TIMESTAMPs loses its direction.
#   - String writes such a value without the sign, and -1.5 s as 0:0:1.-5.
# https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#interval_type
#
# Seen: 0-0 0 0:0:0.5 is -743.309312ms; 0-0 0 -0:0:1 is 1s, where -1:0:0 is right; -90 s is
# written 0-0 0 0:1:30, -1.5 s 0-0 0 0:0:1.-5, where -1.5 h is right.
#
# It fails when that is no longer so. Needs Go, and the public module proxy.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >main.go <<'GO'
package main

import (
	"fmt"
	"time"

	"cloud.google.com/go/bigquery"
)

func main() {
	for _, text := range []string{"0-0 0 0:0:0.5", "0-0 0 -0:0:1", "0-0 0 -1:0:0"} {
		interval, err := bigquery.ParseInterval(text)
		fmt.Println("read", text, interval.ToDuration(), err)
	}
	for _, d := range []time.Duration{-90 * time.Second, -1500 * time.Millisecond, -90 * time.Minute} {
		fmt.Println("write", d, bigquery.IntervalValueFromDuration(d))
	}
}
GO
cat >go.mod <<'MOD'
module finding

go 1.26
MOD
export GOFLAGS=-mod=mod
go mod edit -require=cloud.google.com/go/bigquery@v1.86.2
got=$(go run . 2>/dev/null)
echo "$got"
diff <(echo "$got") - <<'WANT'
read 0-0 0 0:0:0.5 -743.309312ms <nil>
read 0-0 0 -0:0:1 1s <nil>
read 0-0 0 -1:0:0 -1h0m0s <nil>
write -1m30s 0-0 0 0:1:30
write -1.5s 0-0 0 0:0:1.-5
write -1h30m0s 0-0 0 -1:30:0
WANT
