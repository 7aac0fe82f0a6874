#!/usr/bin/env bash
# googlesqlite 0.3.1, which runs GoogleSQL on SQLite below bigquery-emulator 0.8.1, adds the
# FLOAT64 fields of STRUCTs as integers where the first of them is a whole number: SUM cuts
# each value to its whole part, and AVG is of those. A CAST does not help, 1.0 * s.x does.
# MIN and MAX are right, and so is the same sum in another order of the rows.
#
# Seen: of 16, 17.61 and 18.5 the sum is 51 and the average 17; with 17.61 first it is 52.11
# and 17.37. A feature store with its features in a STRUCT is judged by such numbers.
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
	for _, rows := range []string{
		"SELECT STRUCT(16.0 AS x) AS s UNION ALL SELECT STRUCT(17.61) UNION ALL SELECT STRUCT(18.5)",
		"SELECT STRUCT(17.61 AS x) AS s UNION ALL SELECT STRUCT(16.0) UNION ALL SELECT STRUCT(18.5)",
	} {
		var sum, cast, mean, most, times float64
		q := "SELECT SUM(s.x), SUM(CAST(s.x AS FLOAT64)), AVG(s.x), MAX(s.x), SUM(1.0 * s.x) FROM (" + rows + ")"
		if err := db.QueryRow(q).Scan(&sum, &cast, &mean, &most, &times); err != nil {
			panic(err)
		}
		fmt.Printf("sum %.2f cast %.2f avg %.2f max %.2f times %.2f\n", sum, cast, mean, most, times)
	}
}
GO
export GOFLAGS=-mod=mod
go mod init finding 2>/dev/null
go mod edit -require=github.com/goccy/bigquery-emulator@v0.8.1 # with the versions that it pins
got=$(go run . 2>/dev/null)
echo "$got"
diff <(echo "$got") - <<'WANT'
sum 51.00 cast 51.00 avg 17.00 max 18.50 times 52.11
sum 52.11 cast 52.11 avg 17.37 max 18.50 times 52.11
WANT
