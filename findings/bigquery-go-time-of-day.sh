#!/usr/bin/env bash
# cloud.google.com/go/bigquery 1.86.2 writes the last half microsecond of a second as its
# first tenth: a TIME or DATETIME is rounded to microseconds as a number, and 1000000 is
# put behind the point, seven digits that say 0.1 s. CivilTimeString, CivilDateTimeString,
# parameters of queries and the JSON of NullTime are written so; the type's own UnmarshalJSON
# reads it back 0.9 s early, with no error. civil.TimeOf keeps nanoseconds, so that the end of
# a day, 23:59:59.999999999, is such a time.
#
# Seen: 23:59:59.999999999 is 23:59:59.1000000 and read back 23:59:59.100000.
#
# It fails when that is no longer so. Needs Go, and the public module proxy.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >main.go <<'GO'
package main

import (
	"encoding/json"
	"fmt"
	"time"

	"cloud.google.com/go/bigquery"
	"cloud.google.com/go/civil"
)

func main() {
	end := civil.DateTimeOf(time.Date(2024, 4, 14, 23, 59, 59, 999999999, time.UTC))
	fmt.Println(bigquery.CivilTimeString(end.Time))
	fmt.Println(bigquery.CivilDateTimeString(end))
	text, err := json.Marshal(bigquery.NullTime{Time: end.Time, Valid: true})
	fmt.Println(string(text), err)
	var back bigquery.NullTime
	err = json.Unmarshal(text, &back)
	fmt.Println(back, err)
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
23:59:59.1000000
2024-04-14 23:59:59.1000000
"23:59:59.1000000" <nil>
23:59:59.100000 <nil>
WANT
