package quality_test

import (
	"math/big"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
)

// What tests of this package say often.
var (
	col = expr.Col
	lit = expr.Lit
)

func value(v any) expr.Value {
	out, err := expr.ValueOf(v)
	if err != nil {
		panic(err)
	}
	return out
}

func rat(s string) *big.Rat {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		panic(s)
	}
	return r
}

func day(year, month, d int) civil.Date {
	return civil.Date{Year: year, Month: time.Month(month), Day: d}
}

func instant(s string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		panic(err)
	}
	return t
}
