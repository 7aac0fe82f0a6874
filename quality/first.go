package quality

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/intactdata/intact/quality/expr"
)

// FirstRows is some values of each of the first rows in the order of just these, NULL
// first: at most n rows, as one STRING that Term.Rows reads. Texts are cut: see Cut.
// It is NULL where there is no row.
func FirstRows(n int, values ...expr.Expr) Term { return Term{OpFirst, limited(n, values)} }

// RepeatedKeys are the first keys that columns make and that occur more than once, at
// most n of them, in the order of the columns; keys with a NULL part are none. In a
// segment they are those of which it holds surplus rows. It is a STRING that
// Term.Rows reads, with how often each occurs in all behind its columns, and NULL where
// there is none. PositionColumn, as the last of the columns, is no part of the key: it
// is where a surplus row stands, as far as that is known.
func RepeatedKeys(n int, columns ...string) Term {
	of := make([]expr.Expr, len(columns))
	for i, name := range columns {
		of[i] = expr.Col(name)
	}
	return Term{OpKeyRepeated, limited(n, of)}
}

// limited is arguments behind the number of rows.
func limited(n int, args []expr.Expr) []expr.Expr {
	return append([]expr.Expr{expr.Lit(n)}, args...)
}

// First is how many rows FirstRows and RepeatedKeys give at most, and what of each.
func (t Term) First() (n int, values []expr.Expr) {
	if len(t.Args) == 0 {
		return 0, nil
	}
	if l, ok := t.Args[0].Node().(expr.LiteralExpr); ok {
		limit, _ := l.Value.Go().(int64)
		n = int(limit)
	}
	return n, t.Args[1:]
}

// LongestShown is how many characters of a text, and bytes of BYTES, are shown.
const LongestShown = 80

// ellipsis ends what was cut.
const ellipsis = "…"

// Cut is a value as FirstRows compares and gives it: of a STRING with more than 80
// characters, and BYTES of more than 80 bytes, the first 80 and "…".
func Cut(v expr.Value) expr.Value {
	text := ""
	switch v.Type() {
	case expr.String:
		if text = v.String(); len(text) > LongestShown && utf8.RuneCountInString(text) > LongestShown {
			v, _ = expr.ValueOf(string([]rune(text)[:LongestShown]) + ellipsis)
		}
	case expr.Bytes:
		if text = v.String(); len(text) > LongestShown {
			v, _ = expr.ValueOf([]byte(text[:LongestShown] + ellipsis))
		}
	}
	return v
}

// EncodeRows makes rows the value of a term that gives rows.
func EncodeRows(rows [][]expr.Value) (expr.Value, error) {
	if len(rows) == 0 {
		return expr.Value{}, nil
	}
	texts := make([][]*string, len(rows))
	for i, row := range rows {
		texts[i] = make([]*string, len(row))
		for c, v := range row {
			if !v.IsNull() {
				text := cellText(v)
				texts[i][c] = &text
			}
		}
	}
	text, err := json.Marshal(texts)
	if err != nil {
		return expr.Value{}, err
	}
	return expr.ValueOf(string(text))
}

// cellText is a value as it stands in the value of a term that gives rows.
func cellText(v expr.Value) string {
	switch x := v.Go().(type) {
	case []byte:
		return base64.StdEncoding.EncodeToString(x)
	case time.Time:
		return strconv.FormatInt(x.UnixMicro(), 10)
	}
	return v.String()
}

func cellValue(t expr.Type, text string) (expr.Value, error) {
	switch t {
	case expr.Bytes:
		b, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			return expr.Value{}, err
		}
		return expr.ValueOf(b)
	case expr.Timestamp:
		us, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return expr.Value{}, err
		}
		return expr.ValueOf(time.UnixMicro(us))
	}
	return expr.ParseValue(t, text)
}

// Rows reads the value of FirstRows, a value for each argument, and of RepeatedKeys,
// which has the number of rows behind them.
func (t Term) Rows(v expr.Value) ([][]expr.Value, error) {
	if v.IsNull() {
		return nil, nil
	}
	text, _ := v.Go().(string)
	var texts [][]*string
	if err := json.Unmarshal([]byte(text), &texts); err != nil {
		return nil, fmt.Errorf("%s was measured as %q, which is no list of rows: %w", t.Key(), text, err)
	}
	_, args := t.First()
	var types []expr.Type
	for _, a := range args {
		types = append(types, a.Type())
	}
	if t.Op == OpKeyRepeated {
		types = append(types, expr.Int64)
	}
	out := make([][]expr.Value, len(texts))
	for i, row := range texts {
		if len(row) != len(types) {
			return nil, fmt.Errorf("%s was measured with %d values in a row, not %d", t.Key(), len(row), len(types))
		}
		out[i] = make([]expr.Value, len(row))
		for c, text := range row {
			if text == nil {
				continue
			}
			var err error
			if out[i][c], err = cellValue(types[c], *text); err != nil {
				return nil, fmt.Errorf("%s was measured with %q, which is no %s: %w", t.Key(), *text, types[c], err)
			}
		}
	}
	return out, nil
}

// CompareRows orders rows by their values, from the first one on.
func CompareRows(a, b []expr.Value) int { return slices.CompareFunc(a, b, expr.Value.Compare) }

// mergeFirst keeps the first of the first rows of two parts.
func mergeFirst(t Term, a, b expr.Value) (expr.Value, error) {
	rows, err := t.Rows(a)
	if err != nil {
		return expr.Value{}, err
	}
	more, err := t.Rows(b)
	if err != nil {
		return expr.Value{}, err
	}
	rows = append(rows, more...)
	slices.SortStableFunc(rows, CompareRows)
	n, _ := t.First()
	return EncodeRows(rows[:min(n, len(rows))])
}

// listed is the type of rows in a value.
func listed(args []expr.Type) (expr.Type, error) {
	if len(args) < 2 || args[0] != expr.Int64 {
		return "", fmt.Errorf("it gives rows, and says nothing that is shown of them")
	}
	for _, t := range args[1:] {
		if _, err := ordered([]expr.Type{t}); err != nil {
			return "", err
		}
	}
	return expr.String, nil
}
