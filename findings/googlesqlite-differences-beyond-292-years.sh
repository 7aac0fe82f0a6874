#!/usr/bin/env bash
# googlesqlite 0.3.1, which runs GoogleSQL on SQLite below bigquery-emulator 0.8.1,
# counts no more than 106,751 days between two dates or timestamps: as many as 64 bits
# of nanoseconds hold. What is further apart has that difference and no error, in days
# and in weeks, where years are counted right and dates are moved as far as one likes.
# BigQuery counts the parts between any two dates of its calendar:
# https://cloud.google.com/bigquery/docs/reference/standard-sql/date_functions#date_diff
#
# A last day of 9999-12-31, as tables of validities have it, is 106,751 days from
# today, and was so a year ago. Seen: 106751 for the 146,097 days from 2000 to 2400, by
# DATE_DIFF and by TIMESTAMP_DIFF; 20871 for its weeks; 400 for its years.
#
# It fails when that is no longer so. Needs Go, and the public module proxy; the first
# build takes minutes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >main.go <<'GO'
package main

import (
	"database/sql"
	"fmt"

	_ "github.com/goccy/googlesqlite"
)

func main() {
	db, err := sql.Open("googlesqlite", ":memory:")
	if err != nil {
		panic(err)
	}
	defer db.Close()
	for _, q := range []string{
		"DATE_DIFF(DATE '2400-01-01', DATE '2000-01-01', DAY)",
		"TIMESTAMP_DIFF(TIMESTAMP '2400-01-01', TIMESTAMP '2000-01-01', DAY)",
		"DATE_DIFF(DATE '2400-01-01', DATE '2000-01-01', WEEK)",
		"DATE_DIFF(DATE '2400-01-01', DATE '2000-01-01', YEAR)",
		"DATE_DIFF(DATE '2200-01-01', DATE '2000-01-01', DAY)",
		"DATE_ADD(DATE '2000-01-01', INTERVAL 146097 DAY)",
	} {
		var got any
		if err := db.QueryRow("SELECT " + q).Scan(&got); err != nil {
			panic(err)
		}
		fmt.Println(got)
	}
}
GO
export GOFLAGS=-mod=mod
go mod init finding 2>/dev/null
go mod edit -require=github.com/goccy/bigquery-emulator@v0.8.1 # with the versions that it pins
got=$(go run . 2>/dev/null)
echo "$got"
[ "$got" = "106751
106751
20871
400
73049
2400-01-01" ] || { echo "this is no longer so" >&2; exit 1; }
