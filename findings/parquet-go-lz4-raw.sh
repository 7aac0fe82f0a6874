#!/usr/bin/env bash
# parquet-go 0.32.0 reads pages of LZ4_RAW as zeros, without an error. The file is valid,
# and written by parquet-go itself; arrow-go 18.8.0 reads it as it was written. Of Apache's
# lz4_raw_compressed_larger.parquet it reads 10,000 texts as empty ones.
# https://github.com/parquet-go/parquet-go/issues/608
#
# Seen: doubles, parquet-go: 0 of 400 as written (all 0); arrow-go: 400 of 400.
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
	"io"
	"math"

	arrow "github.com/apache/arrow-go/v18/parquet/file"
	"github.com/parquet-go/parquet-go"
)

type row struct {
	X float64 `parquet:"x,lz4"`
}

func main() {
	var rows []row
	for i := range 400 {
		rows = append(rows, row{math.Sqrt(float64(i + 1))})
	}
	var data bytes.Buffer
	if err := parquet.Write(&data, rows); err != nil {
		panic(err)
	}
	in := bytes.NewReader(data.Bytes())

	read, err := parquet.Read[row](in, in.Size())
	if err != nil {
		panic(err)
	}
	same, zeros := 0, 0
	for i, r := range read {
		if r.X == rows[i].X {
			same++
		}
		if r.X == 0 {
			zeros++
		}
	}
	fmt.Printf("parquet-go: %d of %d as written, %d are 0\n", same, len(read), zeros)

	file, err := arrow.NewParquetReader(io.NewSectionReader(in, 0, in.Size()))
	if err != nil {
		panic(err)
	}
	column, err := file.RowGroup(0).Column(0)
	if err != nil {
		panic(err)
	}
	values := make([]float64, len(rows))
	_, n, err := column.(*arrow.Float64ColumnChunkReader).ReadBatch(int64(len(rows)), values, nil, nil)
	if err != nil {
		panic(err)
	}
	same = 0
	for i, x := range values[:n] {
		if x == rows[i].X {
			same++
		}
	}
	fmt.Printf("arrow-go: %d of %d as written\n", same, n)
}
GO
export GOFLAGS=-mod=mod
go mod init finding 2>/dev/null
go get github.com/parquet-go/parquet-go@v0.32.0 github.com/apache/arrow-go/v18@v18.8.0 2>/dev/null
got=$(go run .)
echo "$got"
[ "$got" = "parquet-go: 0 of 400 as written, 400 are 0
arrow-go: 400 of 400 as written" ] || { echo "this is no longer so" >&2; exit 1; }
