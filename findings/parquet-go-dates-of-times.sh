#!/usr/bin/env bash
# parquet-go 0.32.0 writes a time.Time into a DATE column as the low 32 bits of its
# nanoseconds since 1970, and not as days: its documentation gives the tag `date` to
# int32, time.Time and *time.Time, the file says DATE, and every reader answers years
# that never were. Neither writing nor reading says a word. Pointers, dates before 1970
# and both writers do the same; an int32 of days is right.
#
# Seen: 2024-01-15, which is day 19737, is written as day -206110720 (the low half of
# 1705276800000000000), which is in the year -562342; 1970-01-02, which is day 1, as day
# -1857093632.
#
# It fails when that is no longer so. Needs Go, and the public module proxy.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >main.go <<'GO'
package main

import (
	"bytes"
	"fmt"
	"time"

	"github.com/parquet-go/parquet-go"
)

type game struct {
	Day     time.Time  `parquet:"day,date"`
	Moved   *time.Time `parquet:"moved,date"`
	Counted int32      `parquet:"counted,date"`
}

// days are the numbers that the file holds, whatever a reader makes of them.
func days(file []byte) (all []int32) {
	f, err := parquet.OpenFile(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		panic(err)
	}
	rows := make([]parquet.Row, 1)
	reader := f.RowGroups()[0].Rows()
	defer reader.Close()
	if n, err := reader.ReadRows(rows); n != 1 {
		panic(err)
	}
	for _, v := range rows[0] {
		all = append(all, v.Int32())
	}
	return all
}

func main() {
	for _, day := range []time.Time{
		time.Date(2024, 1, 15, 0, 0, 0, 0, time.UTC),
		time.Date(1970, 1, 2, 0, 0, 0, 0, time.UTC),
		time.Date(1969, 12, 31, 0, 0, 0, 0, time.UTC),
	} {
		g := game{Day: day, Moved: &day, Counted: int32(day.Unix() / 86400)}
		var generic, plain bytes.Buffer
		if err := parquet.Write(&generic, []game{g}); err != nil {
			panic(err)
		}
		w := parquet.NewWriter(&plain, parquet.SchemaOf(game{}))
		if err := w.Write(g); err != nil {
			panic(err)
		}
		if err := w.Close(); err != nil {
			panic(err)
		}
		read, err := parquet.Read[game](bytes.NewReader(generic.Bytes()), int64(generic.Len()))
		fmt.Println(day.Format(time.DateOnly), "is day", day.Unix()/86400,
			"written", days(generic.Bytes()), days(plain.Bytes()),
			"low half of nanoseconds", int32(day.UnixNano()), "read in year", read[0].Day.Year(), err)
	}
}
GO
export GOFLAGS=-mod=mod
go mod init finding 2>/dev/null
go get github.com/parquet-go/parquet-go@v0.32.0 2>/dev/null
got=$(go run .)
echo "$got"
diff <(echo "$got") - <<'WANT'
2024-01-15 is day 19737 written [-206110720 -206110720 19737] [-206110720 -206110720 19737] low half of nanoseconds -206110720 read in year -562342 <nil>
1970-01-02 is day 1 written [-1857093632 -1857093632 1] [-1857093632 -1857093632 1] low half of nanoseconds -1857093632 read in year -5082580 <nil>
1969-12-31 is day -1 written [1857093632 1857093632 -1] [1857093632 1857093632 -1] low half of nanoseconds 1857093632 read in year 5086519 <nil>
WANT
