#!/usr/bin/env bash
# hamba/avro 2.31.0 writes other values than it is given, without an error:
#   - A decimal with more digits than the schema's scale is cut, not rounded, and down: the
#     negative of a number is not the negative of what is written.
#   - A date is cut toward 1970: a time on a day before is the day after it.
#   - A number that an int does not hold is its lower 32 bits.
#
# Seen: 2/3 is 0.66 and -2/3 is -0.67; noon of 1969-12-31 is 1970-01-01, where that of
# 1970-01-02 is its own day; 2^40 + 5 is 5.
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
	"math/big"
	"time"

	"github.com/hamba/avro/v2"
)

func main() {
	decimal := avro.MustParse(`{"type": "bytes", "logicalType": "decimal", "precision": 10, "scale": 2}`)
	date := avro.MustParse(`{"type": "int", "logicalType": "date"}`)
	again(decimal, big.NewRat(2, 3))
	again(decimal, big.NewRat(-2, 3))
	again(date, time.Date(1969, 12, 31, 12, 0, 0, 0, time.UTC))
	again(date, time.Date(1970, 1, 2, 12, 0, 0, 0, time.UTC))
	again(avro.MustParse(`"int"`), 1<<40+5)
}

func again(schema avro.Schema, value any) {
	data, err := avro.Marshal(schema, value)
	if err != nil {
		fmt.Println(value, err)
		return
	}
	var back any
	err = avro.Unmarshal(schema, data, &back)
	switch v := back.(type) {
	case *big.Rat:
		back = v.FloatString(4)
	case time.Time:
		back = v.Format(time.DateOnly)
	}
	fmt.Println(value, "is", back, err)
}
GO
cat >go.mod <<'MOD'
module finding

go 1.26
MOD
export GOFLAGS=-mod=mod
go mod edit -require=github.com/hamba/avro/v2@v2.31.0
got=$(go run . 2>/dev/null)
echo "$got"
diff <(echo "$got") - <<'WANT'
2/3 is 0.6600 <nil>
-2/3 is -0.6700 <nil>
1969-12-31 12:00:00 +0000 UTC is 1970-01-01 <nil>
1970-01-02 12:00:00 +0000 UTC is 1970-01-02 <nil>
1099511627781 is 5 <nil>
WANT
