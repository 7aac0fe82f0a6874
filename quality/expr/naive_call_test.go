package expr_test

import (
	"fmt"
	"math"
	"math/big"
	"regexp"
	"strings"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
)

// call is the naive meaning of the functions, from
// https://cloud.google.com/bigquery/docs/reference/standard-sql/functions-all
func (n naive) call(x expr.CallExpr) any {
	switch x.Name {
	case "COALESCE":
		for _, v := range n.alike(x.Args...) {
			if v != nil {
				return v
			}
		}
		return nil
	case "IF":
		v := n.alike(x.Args[1:]...)
		if n.eval(x.Args[0]) == true {
			return v[0]
		}
		return v[1]
	case "POPULATED":
		return n.populated(x.Args[0], x.Args[1:])
	case "GREATEST":
		return n.extreme(expr.Greater, x.Args)
	case "LEAST":
		return n.extreme(expr.Less, x.Args)
	case "DIV", "MOD":
		v := n.alike(x.Args...)
		if v[0] == nil || v[1] == nil {
			return nil
		}
		return quotient(x.Name, v[0], v[1])
	case "DATE_DIFF":
		a, ok1 := n.as(x.Args[0], expr.Date).(civil.Date)
		b, ok2 := n.as(x.Args[1], expr.Date).(civil.Date)
		if !ok1 || !ok2 {
			return nil
		}
		return dateDiff(a, b, expr.DatePart(x.Word))
	case "DATE_TRUNC":
		if d, ok := n.as(x.Args[0], expr.Date).(civil.Date); ok {
			return dateTrunc(d, expr.DatePart(x.Word))
		}
		return nil
	}
	v := n.eval(x.Args[0])
	if v == nil {
		return nil
	}
	switch x.Name {
	case "ABS":
		if compare3(expr.Less, v, converted(int64(0), n.typeOf(x.Args[0]), false)) == true {
			return negative(v)
		}
		return v
	case "FLOOR", "CEIL":
		return whole(x.Name, v)
	case "DATE":
		switch v := inZone(v, x.Args).(type) {
		case civil.DateTime:
			return inCalendar(v.Date)
		case civil.Date:
			return v
		}
	case "EXTRACT":
		switch v := inZone(v, x.Args).(type) {
		case civil.DateTime:
			if inCalendar(v.Date) == nil {
				return nil
			}
			return extract(v, expr.DatePart(x.Word))
		case civil.Date:
			return extract(civil.DateTime{Date: v}, expr.DatePart(x.Word))
		}
	case "CHAR_LENGTH":
		return int64(len([]rune(v.(string))))
	case "LOWER":
		return strings.Map(func(r rune) rune { return []rune(strings.ToLower(string(r)))[0] }, v.(string))
	case "TRIM":
		set := "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
		if len(x.Args) > 1 {
			of, ok := n.eval(x.Args[1]).(string)
			if !ok {
				return nil
			}
			set = of
		}
		r := []rune(v.(string))
		for len(r) > 0 && strings.ContainsRune(set, r[0]) {
			r = r[1:]
		}
		for len(r) > 0 && strings.ContainsRune(set, r[len(r)-1]) {
			r = r[:len(r)-1]
		}
		return string(r)
	case "REGEXP_CONTAINS":
		return regexp.MustCompile(plain(x.Args[1].Node().(expr.LiteralExpr).Value).(string)).MatchString(v.(string))
	case "CAST":
		return castTo(v, expr.Type(x.Word))
	}
	panic(fmt.Sprintf("%s has no naive meaning", x.Name))
}

func (n naive) typeOfCall(x expr.CallExpr) expr.Type {
	switch x.Name {
	case "COALESCE", "GREATEST", "LEAST", "DIV", "MOD":
		return n.common(x.Args)
	case "IF":
		return n.common(x.Args[1:])
	case "ABS":
		return n.typeOf(x.Args[0])
	case "FLOOR", "CEIL":
		if t := n.typeOf(x.Args[0]); t != expr.Int64 {
			return t
		}
		return expr.Float64
	case "DATE", "DATE_TRUNC":
		return expr.Date
	case "DATE_DIFF", "EXTRACT", "CHAR_LENGTH":
		return expr.Int64
	case "LOWER", "TRIM":
		return expr.String
	case "CAST":
		return expr.Type(x.Word)
	}
	return expr.Bool
}

func (n naive) extreme(op expr.CompareOp, of []expr.Expr) any {
	v := n.alike(of...)
	best := v[0]
	for _, x := range v {
		if x == nil {
			return nil
		}
		if f, ok := x.(float64); ok && math.IsNaN(f) {
			best = x
		} else if compare3(op, x, best) == true {
			best = x
		}
	}
	return best
}

// quotient divides towards 0.
func quotient(name string, a, b any) any {
	x, y := ratOf(a), ratOf(b)
	if y.Sign() == 0 {
		return nil
	}
	q := truncated(new(big.Rat).Quo(x, y))
	r := new(big.Rat).Sub(x, new(big.Rat).Mul(q, y))
	if name == "DIV" {
		r = q
	}
	if _, ok := a.(int64); !ok {
		return numericOrNull(r)
	}
	if !r.Num().IsInt64() {
		return nil
	}
	return r.Num().Int64()
}

func ratOf(v any) *big.Rat {
	if i, ok := v.(int64); ok {
		return new(big.Rat).SetInt64(i)
	}
	return v.(*big.Rat)
}

func truncated(r *big.Rat) *big.Rat {
	return new(big.Rat).SetInt(new(big.Int).Quo(r.Num(), r.Denom()))
}

func numericOrNull(r *big.Rat) any {
	return decimal(expr.Add, r, new(big.Rat))
}

func whole(name string, v any) any {
	switch v := v.(type) {
	case int64:
		return float64(v)
	case float64:
		if name == "FLOOR" {
			return math.Floor(v)
		}
		return math.Ceil(v)
	}
	r := v.(*big.Rat)
	t := truncated(r)
	switch c := t.Cmp(r); {
	case name == "FLOOR" && c > 0:
		t.Sub(t, big.NewRat(1, 1))
	case name == "CEIL" && c < 0:
		t.Add(t, big.NewRat(1, 1))
	}
	return numericOrNull(t)
}

// inZone is the local time of an instant, in the zone of a second argument or UTC.
func inZone(v any, args []expr.Expr) any {
	t, ok := v.(time.Time)
	if !ok {
		return v
	}
	zone := time.UTC
	if len(args) > 1 {
		var err error
		if zone, err = time.LoadLocation(plain(args[1].Node().(expr.LiteralExpr).Value).(string)); err != nil {
			panic(err)
		}
	}
	return civil.DateTimeOf(t.In(zone))
}

// dateTrunc goes back day by day to one that begins the part.
func dateTrunc(d civil.Date, part expr.DatePart) any {
	begins := func(d civil.Date) bool {
		weekday := d.In(time.UTC).Weekday()
		switch part {
		case expr.Week:
			return weekday == time.Sunday
		case expr.ISOWeek:
			return weekday == time.Monday
		case expr.Month:
			return d.Day == 1
		case expr.Quarter:
			return d.Day == 1 && d.Month%3 == 1
		case expr.Year:
			return d.Day == 1 && d.Month == 1
		case expr.ISOYear: // the Monday of the week that has the year's first Thursday in it
			thursday := d.AddDays(3)
			return weekday == time.Monday && thursday.Month == 1 && thursday.Day <= 7
		}
		return true
	}
	for !begins(d) {
		d = d.AddDays(-1)
	}
	return inCalendar(d)
}

// extract counts what there is of a part since what it is a part of began.
func extract(dt civil.DateTime, part expr.DatePart) any {
	d := dt.Date
	sinceYear := int64(d.DaysSince(civil.Date{Year: d.Year, Month: 1, Day: 1})) + 1
	switch part {
	case expr.Hour:
		return int64(dt.Time.Hour)
	case expr.Minute:
		return int64(dt.Time.Minute)
	case expr.Second:
		return int64(dt.Time.Second)
	case expr.Day:
		return int64(d.Day)
	case expr.Month:
		return int64(d.Month)
	case expr.Quarter:
		return (int64(d.Month) + 2) / 3
	case expr.Year:
		return int64(d.Year)
	case expr.DayOfWeek:
		return int64(d.In(time.UTC).Weekday()) + 1
	case expr.DayOfYear:
		return sinceYear
	case expr.Week: // how many Sundays of the year there have been
		sundays := int64(0)
		for i := range int(sinceYear) {
			if d.AddDays(-i).In(time.UTC).Weekday() == time.Sunday {
				sundays++
			}
		}
		return sundays
	}
	thursday := d
	for thursday.In(time.UTC).Weekday() != time.Thursday { // of the same week, which begins on Monday
		if wd := d.In(time.UTC).Weekday(); wd == time.Friday || wd == time.Saturday || wd == time.Sunday {
			thursday = thursday.AddDays(-1)
		} else {
			thursday = thursday.AddDays(1)
		}
	}
	if part == expr.ISOYear {
		return int64(thursday.Year)
	}
	return int64(thursday.DaysSince(civil.Date{Year: thursday.Year, Month: 1, Day: 1}))/7 + 1
}
