package mutation

import (
	"regexp"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// isID reports whether a column of texts holds ids: a part of a key, one that is called
// so, or texts that are all formed alike.
func (b *bench) isID(name string) bool {
	return expr.Named(b.keyColumns(), name) || strings.HasSuffix(foldName(name), "id") || b.shapes[name].Alike()
}

// keyColumns are those of all keys that the suite knows.
func (b *bench) keyColumns() []string {
	var out []string
	for _, k := range b.keys() {
		out = append(out, k...)
	}
	return out
}

// keys are those that the suite's checks and tables name.
func (b *bench) keys() [][]string {
	var out [][]string
	for _, t := range b.suite.Tables {
		if t.Name == b.suite.Table && len(t.Key) > 0 {
			out = append(out, t.Key)
		}
	}
	for _, r := range b.suite.Rules {
		if k, ok := r.Check.(quality.KeyedCheck); ok {
			out = append(out, k.Key())
		}
	}
	return out
}

// window is how columns of windows go on that are called by their values' column.
var window = regexp.MustCompile(`^_.*(avg|average|mean|last|rolling|trailing|l\d+|\d+d)`)

// windowOf is the column of numbers that a column is windows over, by its name: points of
// points_avg_last_10. It is "" where there is none.
func (b *bench) windowOf(f expr.Field) string {
	out := ""
	for _, of := range b.table.Columns() {
		rest, ok := strings.CutPrefix(foldName(f.Name), foldName(of.Name))
		if ok && len(of.Name) > len(out) && of.Type.IsNumber() && f.Type.IsNumber() && window.MatchString(rest) {
			out = of.Name
		}
	}
	return out
}
