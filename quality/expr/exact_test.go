package expr_test

import (
	"math"
	"strings"
	"testing"

	"github.com/intactdata/intact/quality/expr"
)

// written is a FLOAT64 column as a file has it.
func written(cells ...string) *expr.Vector {
	v := &expr.Vector{}
	v.Reset(expr.Float64, len(cells))
	for i, c := range cells {
		if c == "" {
			continue
		}
		f, ok := expr.ParseFloat(c)
		if !ok {
			panic(c)
		}
		v.Floats[i] = f
		v.Valid.Set(i)
	}
	v.Written = func(i int) (string, string) {
		if len(cells[i]) > 15 {
			return cells[i], "a.csv:7"
		}
		return "", ""
	}
	return v
}

func TestDigitsAreThoseThatADoubleDoesNotPrint(t *testing.T) {
	for cell, want := range map[string]string{
		"9007199254740993": "9007199254740993", "9007199254740992": "", "9007199254740992.0": "", "0.1": "",
		"0.30000000000000004": "", "0.10000000000000001": "0.10000000000000001", "1344800117571260418.0": "1344800117571260418",
		"90071992547409930e-1": "9007199254740993", "-9007199254740993": "-9007199254740993", "": "",
	} {
		if got := written(cell).Digits(0); got != want {
			t.Errorf("the digits of %q are %q, want %q", cell, got, want)
		}
	}
}

func TestKeysThatDifferInDigitsOnlyAreTold(t *testing.T) {
	for _, tt := range []struct {
		batches [][]string
		want    string
	}{
		{[][]string{{"9007199254740992", "1"}, {"2", "9007199254740993"}}, "a.csv:7: 9007199254740993 and 9007199254740992 are two keys and one FLOAT64"},
		{[][]string{{"9007199254740993"}, {"9007199254740992"}}, "a.csv:7: 9007199254740993 and 9007199254740992"},
		{[][]string{{"1344800117571260418.0", "1344800117571260417.0"}}, "a.csv:7: 1344800117571260417 and 1344800117571260418"},
		{[][]string{{"9007199254740993", "9007199254740993.0", ""}, {"9007199254740993", "NaN", "NaN"}}, ""},
		{[][]string{{"9007199254740993", "0.5"}, {"0.5", "-0"}}, ""},
	} {
		var keys, byItself expr.ExactKeys
		known := map[float64]bool{}
		var err error
		for _, b := range tt.batches {
			v := written(b...)
			if err == nil {
				err = keys.Add(v, len(b), func(f float64) bool { return known[f] })
				if alone := byItself.Add(v, len(b), nil); (alone == nil) != (err == nil) {
					t.Errorf("%v: by itself the error is %v, and %v", tt.batches, alone, err)
				}
			}
			for _, f := range v.Floats {
				known[f] = true
			}
		}
		switch {
		case tt.want == "" && err != nil:
			t.Errorf("%v: %v", tt.batches, err)
		case tt.want != "" && (err == nil || !strings.HasPrefix(err.Error(), tt.want)):
			t.Errorf("%v: the error is %v, want %q", tt.batches, err, tt.want)
		}
	}
}

func TestAComparisonAnswersByTheDigits(t *testing.T) {
	for _, tt := range []struct {
		cell, predicate string
		unknown         bool
	}{
		{"9007199254740993", "v = 9007199254740992", true},
		{"9007199254740992", "v = 9007199254740993", true},
		{"9007199254740993", "v = 9007199254740993", false},
		{"9007199254740993", "v > 9007199254740992", true},
		{"9007199254740993", "v > 9007199254740000", false},
		{"9007199254740992.0", "v = 9007199254740992", false},
		{"9007199254740993", "v IN (1, 9007199254740992)", true},
		{"9007199254740993", "v BETWEEN 0 AND 9007199254740992", true},
		{"0.1", "v = 0.1", false},
		{"0.30000000000000004", "v = 0.30000000000000004", false},
		{"9007199254740993", "v IS NULL", false},
	} {
		e, err := expr.ParseExpr(tt.predicate)
		if err != nil {
			t.Fatal(err)
		}
		bound, err := e.Bind(expr.Schema{{Name: "v", Type: expr.Float64}})
		if err != nil {
			t.Fatal(err)
		}
		ev := expr.NewEvaluator([]string{"v"})
		c, err := ev.Prepare(bound)
		if err != nil {
			t.Fatal(err)
		}
		ev.Next(&expr.Batch{Rows: 1, Columns: []expr.Vector{*written(tt.cell)}})
		if _, err := c.Vector(); (err != nil) != tt.unknown {
			t.Errorf("%s where v is %s: the error is %v, want one: %t", tt.predicate, tt.cell, err, tt.unknown)
		}
	}
}

func TestNaNIsAKeyLikeAnyOther(t *testing.T) {
	var keys expr.ExactKeys
	v := written("9007199254740993", "NaN", "NaN")
	if err := keys.Add(v, 3, func(float64) bool { return false }); err != nil || !math.IsNaN(v.Floats[1]) {
		t.Errorf("NaN: %v", err)
	}
}

func TestWhatKeysKeepIsCounted(t *testing.T) {
	var keys expr.ExactKeys
	for i, batch := range [][]string{{"1", "2"}, {"2", "3"}} {
		before := keys.Bytes()
		if err := keys.Add(written(batch...), 2, nil); err != nil || keys.Bytes() <= before {
			t.Errorf("batch %d: %d bytes after %d, and %v", i, keys.Bytes(), before, err)
		}
	}
}
