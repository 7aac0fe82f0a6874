#!/usr/bin/env bash
# arrow-go 18.8.0 turns the smallest numbers of FLOAT16 into others, without an error:
# float16.Num.Float32 leaves a subnormal's fraction where that of a normal number is, so
# that 2^-24 becomes 8192 × 2^-149, about 10^-41. float16.New makes 0 of 2^-15, which
# FLOAT16 holds. Parquet's FLOAT16 columns come out of pqarrow as float16.Num.
#
# Seen: bits 0x0001 are 5.9604645e-08 and read 1.148e-41; 0x03ff are 6.097555e-05 and
# read 1.1743464e-38; 0x0400, the smallest normal number, reads right.
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

	"github.com/apache/arrow-go/v18/arrow/float16"
)

func main() {
	for _, n := range []struct {
		bits uint16
		is   float32
	}{{0x0001, 0x1p-24}, {0x03ff, 0x3ffp-24}, {0x0400, 0x1p-14}} {
		fmt.Printf("%#04x: is %g, reads %g\n", n.bits, n.is, float16.FromBits(n.bits).Float32())
	}
	fmt.Printf("New(2^-15) has bits %#04x\n", float16.New(0x1p-15).Uint16())
}
GO
export GOFLAGS=-mod=mod
go mod init finding 2>/dev/null
go get github.com/apache/arrow-go/v18@v18.8.0 2>/dev/null
got=$(go run .)
echo "$got"
[ "$got" = "0x0001: is 5.9604645e-08, reads 1.148e-41
0x03ff: is 6.097555e-05, reads 1.1743464e-38
0x0400: is 6.1035156e-05, reads 6.1035156e-05
New(2^-15) has bits 0x0000" ] || { echo "this is no longer so" >&2; exit 1; }
