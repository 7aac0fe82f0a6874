package rollingsql

import (
	"fmt"

	"github.com/intactdata/intact/quality/expr"
)

// statistic is the value of a window that is whole, or NULL where it is beyond its
// type.
func (w *writing) statistic(o *window, f framing) string {
	v, good := o.measure.values[0], o.measure.good
	switch o.kind() {
	case "count":
		return o.facts.places
	case "ratio":
		return "SAFE_DIVIDE(" + w.mean(o, f, 0) + ", " + w.mean(o, f, 1) + ")"
	case "min", "max":
		function := map[string]string{"min": "MIN", "max": "MAX"}[o.kind()]
		return f.over(function, good, v.name)
	case "stddev_pop":
		return f.deviation(good, float(v), "COUNT(x)")
	case "stddev_samp":
		return f.deviation(good, float(v), "NULLIF(COUNT(x) - 1, 0)")
	case "sum":
		sum := "SAFE_MULTIPLY(" + w.mean(o, f, 0) + ", CAST(" + o.facts.observed + " AS FLOAT64))"
		if v.typ != expr.Float64 {
			sum = within(f.total(good, v), v.typ)
		}
		if o.Window().Days() > 0 {
			sum = "IF(" + o.facts.places + " = 0, CAST(0 AS " + string(v.typ) + "), " + sum + ")"
		}
		return sum
	}
	if v.typ == expr.Numeric {
		// The cast rounds half away from zero, as NUMERIC does.
		return within("("+f.total(good, v)+" / NULLIF("+o.facts.observed+", 0))", expr.Numeric)
	}
	return w.mean(o, f, 0)
}

// mean of one of the values is a FLOAT64. AVG answers where a SUM of FLOAT64 overflows;
// integers and decimals are summed exactly, since AVG makes floats of them first.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/aggregate_functions#avg
func (w *writing) mean(o *window, f framing, of int) string {
	v, good := o.measure.values[of], o.measure.good
	if v.typ == expr.Float64 {
		return "(0.0 + " + f.over("AVG", good, float(v)) + ")"
	}
	return "CAST(" + f.total(good, v) + " / NULLIF(" + o.facts.observed + ", 0) AS FLOAT64)"
}

// deviation is that of an array of values from their mean, given their largest magnitude
// and what the squares are divided by. They are squared as parts of the largest: what
// engines know as STDDEV squares the values themselves, which is beyond a FLOAT64 from
// 1e154 on, and some subtract squares, which leaves half of the digits.
func deviation(values, mean, most, by string) string {
	part := func(x string) string { return "(0.0 + " + x + ") / NULLIF(" + most + ", 0)" }
	return fmt.Sprintf("IF(%s = 0, 0.0, (SELECT %[1]s * SQRT(SUM(POW(%s - %s, 2)) / %s) FROM UNNEST(%s) AS x))", most, part("x"), part(mean), by, values)
}

// float is a value as FLOAT64. 0.0 is added wherever one is computed with, because the
// emulator takes whole floats for integers, and cuts the fractions off those of an array
// whose first one is whole.
func float(v *value) string {
	if v.typ == expr.Float64 {
		return "0.0 + " + v.name
	}
	return "CAST(" + v.name + " AS FLOAT64)"
}

// within is a BIGNUMERIC as a narrower type, NULL if it is none.
func within(total string, t expr.Type) string {
	most := "9223372036854775807"
	least := "-9223372036854775808"
	if t == expr.Numeric {
		most = "99999999999999999999999999999.999999999"
		least = "-" + most
	}
	return fmt.Sprintf("IF(%s BETWEEN BIGNUMERIC '%s' AND BIGNUMERIC '%s', CAST(%[1]s AS %[4]s), NULL)", total, least, most, t)
}
