#!/usr/bin/env bash
# googlesqlite 0.3.1, which runs GoogleSQL on SQLite below bigquery-emulator 0.8.1, stores
# another number where an INSERT names a parameter twice: the types that the columns ask for
# are counted by place, and the values by name, so that what follows takes the type of its
# neighbour. An INT64 that takes that of a DATE is stored as so many days in seconds,
# without an error. With parameters that are each named once it is right.
#
# Seen: VALUES (@s, @day, @day, @n) with n = 5 stores 432000, which is 5 × 86400;
# VALUES (@s, @day, @next, @n) stores 5.
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
	if _, err := db.Exec("CREATE TABLE t (s STRING, a DATE, b DATE, n INT64)"); err != nil {
		panic(err)
	}
	s, day, next, n := sql.Named("s", "x"), sql.Named("day", "2024-01-15"), sql.Named("next", "2024-01-16"), sql.Named("n", int64(5))
	if _, err := db.Exec("INSERT INTO t (s, a, b, n) VALUES (@s, @day, @day, @n)", s, day, n); err != nil {
		panic(err)
	}
	if _, err := db.Exec("INSERT INTO t (s, a, b, n) VALUES (@s, @day, @next, @n)", s, day, next, n); err != nil {
		panic(err)
	}
	rows, err := db.Query("SELECT FORMAT_DATE('%F', b), n FROM t ORDER BY b")
	if err != nil {
		panic(err)
	}
	for rows.Next() {
		var b string
		var n int64
		if err := rows.Scan(&b, &n); err != nil {
			panic(err)
		}
		fmt.Println(b, n)
	}
}
GO
export GOFLAGS=-mod=mod
go mod init finding 2>/dev/null
go mod edit -require=github.com/goccy/bigquery-emulator@v0.8.1 # with the versions that it pins
got=$(go run . 2>/dev/null)
echo "$got"
diff <(echo "$got") - <<'WANT'
2024-01-15 432000
2024-01-16 5
WANT
