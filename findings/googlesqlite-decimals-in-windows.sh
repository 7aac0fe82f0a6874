#!/usr/bin/env bash
# googlesqlite 0.3.1, which runs GoogleSQL on SQLite below bigquery-emulator 0.8.1,
# answers arithmetic on exact types with other numbers and no error: a SUM of NUMERIC
# over a window is 0, while the same SUM without a window is right; AVG of BIGNUMERIC
# is that of a FLOAT64, written with 38 digits; MOD of a large INT64 and DIV of NUMERIC
# are 0. What BigQuery answers stands in
# https://cloud.google.com/bigquery/docs/reference/standard-sql/mathematical_functions
#
# Seen: 0 for 1.5 + 2.25 over a window; 1.33333333333333325931846502498956397176 for
# 4/3; 0 for MOD(9223372036854775807, 4294967296), which is 4294967295; 0 for
# DIV(7.5, 2.1), which is 3.
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
		"SELECT SUM(x) OVER (ORDER BY n) FROM (SELECT 1 AS n, NUMERIC '1.5' AS x UNION ALL SELECT 2, NUMERIC '2.25') ORDER BY n DESC LIMIT 1",
		"SELECT SUM(x) FROM (SELECT NUMERIC '1.5' AS x UNION ALL SELECT NUMERIC '2.25')",
		"SELECT AVG(x) FROM UNNEST([BIGNUMERIC '1', BIGNUMERIC '1', BIGNUMERIC '2']) AS x",
		"SELECT MOD(9223372036854775807, 4294967296)",
		"SELECT DIV(NUMERIC '7.5', NUMERIC '2.1')",
	} {
		var got any
		if err := db.QueryRow(q).Scan(&got); err != nil {
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
[ "$got" = "0
3.75
1.33333333333333325931846502498956397176
0
0" ] || { echo "this is no longer so" >&2; exit 1; }
