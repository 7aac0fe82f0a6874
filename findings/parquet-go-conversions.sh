#!/usr/bin/env bash
# parquet-go 0.32.0 reads a column into another type than the file's without an error
# where the value does not fit: an INT64 into an int32 keeps its low 32 bits, a DECIMAL
# of another scale keeps the digits and moves the point, and a DOUBLE loses its fraction.
# Text that is no number is an error, by contrast. A struct that is older than its file
# so reads wrong numbers, and amounts ten times too large.
#
# Seen: 1099511627783 is read as 7, the DECIMAL(9,2) 123.45 as the DECIMAL(9,1) 1234.5,
# 2.9 as 2, and no error; "12a" into an int64 is "invalid conversion".
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

	"github.com/parquet-go/parquet-go"
)

type written struct {
	ID     int64   `parquet:"id"`
	Amount int32   `parquet:"amount,decimal(2:9)"`
	Points float64 `parquet:"points"`
	Code   string  `parquet:"code"`
}

type numbers struct {
	ID     int32 `parquet:"id"`
	Amount int32 `parquet:"amount,decimal(1:9)"`
	Points int64 `parquet:"points"`
}

type code struct {
	Code int64 `parquet:"code"`
}

func main() {
	var file bytes.Buffer
	if err := parquet.Write(&file, []written{{1<<40 + 7, 12345, 2.9, "12a"}}); err != nil {
		panic(err)
	}
	f := bytes.NewReader(file.Bytes())
	read, err := parquet.Read[numbers](f, f.Size())
	fmt.Printf("id %d amount %d.%d points %d error %v\n",
		read[0].ID, read[0].Amount/10, read[0].Amount%10, read[0].Points, err)
	_, err = parquet.Read[code](f, f.Size())
	fmt.Println(err)
}
GO
export GOFLAGS=-mod=mod
go mod init finding 2>/dev/null
go get github.com/parquet-go/parquet-go@v0.32.0 2>/dev/null
got=$(go run .)
echo "$got"
diff <(echo "$got") - <<'WANT'
id 7 amount 1234.5 points 2 error <nil>
STRING to INT64: "12a": strconv.ParseInt: parsing "12a": invalid syntax: invalid conversion between parquet values
WANT
