#!/usr/bin/env bash
# go-talib (v0.0.0-20250114000313-ec55a20c902f) answers moving averages of rows that are
# not in the window, and a number where there is no window yet:
#   - Sma, Ema and Sum write 0 for the first n-1 rows, and Max too: the same as for
#     values that are 0.
#   - Sma and Sum add what comes and subtract what goes. After one NaN every later average
#     is NaN; after one large value all later ones are of other numbers.
#   - Max is NaN where the NaN is the older of the two, and passes over it where it is the newer.
#
# Seen: Sma over 2 of 1, 2, NaN, 4, 5, 6 is NaN from the third on; of 1, 1e17, 1, 1, 1
# it ends in 0.5 and 0.5, where the average of 1 and 1 is 1.
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
	"math"

	"github.com/markcheno/go-talib"
)

func main() {
	fmt.Println("Sma", talib.Sma([]float64{1, 2, math.NaN(), 4, 5, 6}, 2))
	fmt.Println("Sma", talib.Sma([]float64{1, 1e17, 1, 1, 1}, 2))
	fmt.Println("Sum", talib.Sum([]float64{1, 1e17, 1, 1, 1}, 2))
	fmt.Println("Ema", talib.Ema([]float64{7, 8, 9, 10}, 3))
	fmt.Println("Max", talib.Max([]float64{-3, -1, math.NaN(), -2, -5, -4}, 2))
}
GO
cat >go.mod <<'MOD'
module finding

go 1.26
MOD
export GOFLAGS=-mod=mod
go mod edit -require=github.com/markcheno/go-talib@v0.0.0-20250114000313-ec55a20c902f
got=$(go run . 2>/dev/null)
echo "$got"
diff <(echo "$got") - <<'WANT'
Sma [0 1.5 NaN NaN NaN NaN]
Sma [0 5e+16 5e+16 0.5 0.5]
Sum [0 1e+17 1e+17 1 1]
Ema [0 0 8 9]
Max [0 -1 -1 NaN -2 -4]
WANT
