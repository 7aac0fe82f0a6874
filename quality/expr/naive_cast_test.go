package expr_test

import (
	"fmt"
	"math"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
)

// castTo is SAFE_CAST.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/conversion_functions#cast
func castTo(v any, t expr.Type) any {
	switch v := v.(type) {
	case bool:
		switch t {
		case expr.Int64:
			return map[bool]int64{true: 1}[v]
		case expr.String:
			return fmt.Sprint(v)
		}
	case int64:
		switch t {
		case expr.Bool:
			return v != 0
		case expr.String:
			return fmt.Sprint(v)
		}
	case float64:
		if t == expr.Float64 {
			return v
		}
		if t == expr.String {
			return floatText(v)
		}
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil
		}
		return castTo(new(big.Rat).SetFloat64(v), t)
	case *big.Rat:
		switch t {
		case expr.Int64:
			if i, ok := new(big.Int).SetString(v.FloatString(0), 10); ok && i.IsInt64() { // halves away from zero
				return i.Int64()
			}
			return nil
		case expr.Numeric:
			return numericOrNull(v)
		case expr.String:
			return strings.TrimRight(strings.TrimRight(v.FloatString(9)+"x", "x0"), ".")
		}
	case civil.Date:
		if t == expr.String {
			return v.String()
		}
	case string:
		return castText(v, t)
	}
	return converted(v, t, false)
}

// floatText is what C prints for %.15g, or %.17g where that is another number.
func floatText(f float64) string {
	switch {
	case math.IsNaN(f):
		return "nan"
	case math.IsInf(f, 1):
		return "inf"
	case math.IsInf(f, -1):
		return "-inf"
	case f == 0:
		return "0"
	}
	for _, digits := range []int{15, 17} {
		s := strconv.FormatFloat(f, 'e', digits-1, 64)
		if back, _ := strconv.ParseFloat(s, 64); back != f && digits == 15 {
			continue
		}
		mantissa, power, _ := strings.Cut(s, "e")
		exponent, _ := strconv.Atoi(power)
		if exponent < -4 || exponent >= digits {
			return strings.TrimRight(strings.TrimRight(mantissa, "0"), ".") + fmt.Sprintf("e%+03d", exponent)
		}
		s = strconv.FormatFloat(f, 'f', digits-1-exponent, 64)
		if strings.Contains(s, ".") {
			s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
		}
		return s
	}
	panic("unreachable")
}

func castText(s string, t expr.Type) any {
	trimmed := strings.Trim(s, " \t\n\v\f\r")
	switch t {
	case expr.String:
		return s
	case expr.Bool:
		switch strings.ToLower(s) {
		case "true":
			return true
		case "false":
			return false
		}
	case expr.Int64:
		if ok, _ := regexp.MatchString(`^[-+]?[0-9]+$`, trimmed); ok {
			if i, ok := new(big.Int).SetString(trimmed, 10); ok && i.IsInt64() {
				return i.Int64()
			}
		}
		if ok, _ := regexp.MatchString(`^[-+]?0[xX][0-9a-fA-F]+$`, trimmed); ok {
			if i, ok := new(big.Int).SetString(strings.Replace(strings.ToLower(trimmed), "0x", "", 1), 16); ok && i.IsInt64() {
				return i.Int64()
			}
		}
	case expr.Float64:
		if ok, _ := regexp.MatchString(`^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)(?i:e[-+]?[0-9]+)?$`, trimmed); ok {
			f, _ := strconv.ParseFloat(trimmed, 64)
			return f
		}
		switch sign, word := 1, strings.ToLower(trimmed); {
		case strings.HasPrefix(word, "-"):
			sign = -1
			fallthrough
		default:
			switch strings.TrimPrefix(strings.TrimPrefix(word, "-"), "+") {
			case "inf", "infinity":
				if strings.Count(word, "+")+strings.Count(word, "-") < 2 {
					return math.Inf(sign)
				}
			case "nan":
				return math.NaN()
			}
		}
	case expr.Numeric:
		if ok, _ := regexp.MatchString(`^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)(?i:e[-+]?[0-9]+)?$`, trimmed); ok {
			if r, ok := new(big.Rat).SetString(trimmed); ok {
				return numericOrNull(r)
			}
		}
	case expr.Date:
		if t, err := time.Parse("2006-1-2", s); err == nil && t.Year() > 0 {
			return civil.DateOf(t)
		}
	}
	return nil
}
