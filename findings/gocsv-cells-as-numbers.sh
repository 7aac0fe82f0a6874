#!/usr/bin/env bash
# gocsv (v0.0.0-20240520201108-78e41c74b4b1) makes numbers of cells that hold others, or
# none, without an error:
#   - An empty cell is no nil in a *float64 or *int but a pointer to 0, in a *bool one to
#     false: who declares the pointer to tell "no value" is told there is one. Only where
#     the column itself is absent is it nil.
#   - An int takes the digits before the point: 5.9 is 5, and 0x10 is 16.
#
# Seen: the empty cell 0 for each of the three, 5 and 16; csvutil 1.10.0 leaves the same
# pointers nil and refuses 5.9 and 0x10 by line and column.
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

	"github.com/gocarina/gocsv"
	"github.com/jszwec/csvutil"
)

type row struct {
	Points  *float64 `csv:"points"`
	Minutes *int     `csv:"minutes"`
	Started *bool    `csv:"started"`
	Absent  *float64 `csv:"absent"`
	Games   int      `csv:"games"`
}

func show(name string, rows []row, err error) {
	if err != nil {
		fmt.Println(name, err)
		return
	}
	r := rows[0]
	fmt.Println(name, "points", text(r.Points), "minutes", text(r.Minutes), "started", text(r.Started), "absent", text(r.Absent), "games", r.Games)
}

func text[T any](p *T) string {
	if p == nil {
		return "nil"
	}
	return fmt.Sprint(*p)
}

func main() {
	for _, games := range []string{"82", "5.9", "0x10"} {
		text := "points,minutes,started,games\n,,," + games + "\n"
		var a, b []row
		err := gocsv.UnmarshalString(text, &a)
		show("gocsv  ", a, err)
		err = csvutil.Unmarshal([]byte(text), &b)
		show("csvutil", b, err)
	}
}
GO
cat >go.mod <<'MOD'
module finding

go 1.26
MOD
export GOFLAGS=-mod=mod
go mod edit -require=github.com/gocarina/gocsv@v0.0.0-20240520201108-78e41c74b4b1 -require=github.com/jszwec/csvutil@v1.10.0
got=$(go run . 2>/dev/null)
echo "$got"
diff <(echo "$got") - <<'WANT'
gocsv   points 0 minutes 0 started false absent nil games 82
csvutil points nil minutes nil started nil absent nil games 82
gocsv   points 0 minutes 0 started false absent nil games 5
csvutil csvutil: cannot unmarshal "5.9" into Go value of type int: field "games" line 2 column 4
gocsv   points 0 minutes 0 started false absent nil games 16
csvutil csvutil: cannot unmarshal "0x10" into Go value of type int: field "games" line 2 column 4
WANT
