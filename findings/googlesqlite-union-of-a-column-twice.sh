#!/usr/bin/env bash
# googlesqlite 0.3.1, which runs GoogleSQL on SQLite below bigquery-emulator 0.8.1,
# gives other rows, and no error, where the first input of a UNION ALL has one column
# under two names: in the inputs after it both names are then the first of their two
# columns. BigQuery pairs the columns of the inputs by their position:
# https://cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax#set_operators
#
# Seen:
# (1, 1) for the row that is (1, 2), whether the twin stands in the input itself, in a
# subquery or in a WITH of its own. With the inputs the other way round, or with one of
# the two an expression, the rows are right.
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
		"SELECT j AS b, j AS c FROM t UNION ALL SELECT i, j FROM t",
		"SELECT b, c FROM (SELECT j AS b, j AS c FROM t) UNION ALL SELECT i, j FROM t",
		"SELECT i, j FROM t UNION ALL SELECT j AS b, j AS c FROM t",
		"SELECT IF(TRUE, j, NULL) AS b, j AS c FROM t UNION ALL SELECT i, j FROM t",
	} {
		rows, err := db.Query("WITH t AS (SELECT 1 AS i, 2 AS j) " + q)
		if err != nil {
			panic(err)
		}
		for rows.Next() {
			var b, c int64
			if err := rows.Scan(&b, &c); err != nil {
				panic(err)
			}
			fmt.Print("(", b, ", ", c, ") ")
		}
		fmt.Println()
	}
}
GO
export GOFLAGS=-mod=mod
go mod init finding 2>/dev/null
go mod edit -require=github.com/goccy/bigquery-emulator@v0.8.1 # with the versions that it pins
got=$(go run . 2>/dev/null | sed 's/ $//')
echo "$got"
[ "$got" = "(2, 2) (1, 1)
(2, 2) (1, 1)
(1, 2) (2, 2)
(2, 2) (1, 2)" ] || { echo "this is no longer so" >&2; exit 1; }
