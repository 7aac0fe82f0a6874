package expr_test

import (
	"context"
	"fmt"
	"iter"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/intactdata/intact/quality/expr"
)

func stored(t *testing.T, columns ...string) (out expr.Schema) {
	t.Helper()
	for i := 0; i < len(columns); i += 2 {
		f, err := expr.ParseStoredField(columns[i], columns[i+1])
		require.NoError(t, err)
		out = append(out, f)
	}
	return out
}

func TestReferencesAreResolved(t *testing.T) {
	s := stored(t, "f", "STRUCT<a INT64, Deep STRUCT<b DATE, l ARRAY<STRING>>>", "l", "ARRAY<FLOAT64>",
		"r", "ARRAY<STRUCT<n STRING, v FLOAT64, deep STRUCT<x BOOL>, l ARRAY<INT64>>>", "x.y", "STRUCT<z INT64>", "p.q", "INT64")
	for name, want := range map[string]struct {
		name string
		typ  expr.Type
		path []string
		in   int
	}{
		"F.A":                          {"f.a", expr.Int64, []string{"f", "a"}, 0},
		"f.deep.B":                     {"f.Deep.b", expr.Date, []string{"f", "Deep", "b"}, 0},
		"f.Deep":                       {"f.Deep", "STRUCT<b DATE, l ARRAY<STRING>>", []string{"f", "Deep"}, 0},
		"f.deep.l":                     {"f.Deep.l", "ARRAY<STRING>", []string{"f", "Deep", "l"}, 0},
		"r.V":                          {"r.v", "ARRAY<FLOAT64>", []string{"r", "v"}, 1},
		"r.deep.x":                     {"r.deep.x", "ARRAY<BOOL>", []string{"r", "deep", "x"}, 1},
		"x.y.z":                        {"x.y.z", expr.Int64, []string{"x.y", "z"}, 0},
		"P.Q":                          {"p.q", expr.Int64, []string{"p.q"}, 0},
		"l":                            {"l", "ARRAY<FLOAT64>", []string{"l"}, 0},
		"Element( L , `f`.deep.l,'Ä')": {"element(l, f.Deep.l, 'Ä')", expr.Float64, nil, 0},
		"element_count(r.n, 'a')":      {"element_count(r.n, 'a')", expr.Int64, nil, 0},
	} {
		f, err := s.Field(name)
		require.NoError(t, err, name)
		assert.Equal(t, want.name, f.Name)
		assert.Equal(t, want.typ, f.Type, name)
		assert.Equal(t, want.path, f.Steps(), name)
		if f.Part != nil {
			assert.Equal(t, want.in, f.Part.Array, name)
		}
	}
	for name, want := range map[string]string{
		"r.l":                      "l is an ARRAY in each element of the ARRAY r: no single one can be referred to",
		"f.zzzz":                   `in f, there is no field "zzzz": there are a, Deep`,
		"f.deep.zzzz":              `in f, in Deep, there is no field "zzzz": there are b, l`,
		"f.a.b":                    `in f, there is no field "b": a is INT64 and has none that are known`,
		"g.a":                      `there is no column "g.a"`,
		"element(l, n, 'a')":       `there is no column "n"`,
		"element(l, l, 'a')":       "l is ARRAY<FLOAT64>: names of elements are an ARRAY<STRING>",
		"element(f.a, r.n, 'a')":   "f.a is INT64 and no ARRAY of known elements",
		"element(r.deep, r.n,'a')": "r.deep is ARRAY<STRUCT<x BOOL>>: expressions do not look into its elements",
	} {
		_, err := s.Field(name)
		assert.ErrorContains(t, err, want, name)
	}
}

func TestColumnsWithDotsAndFieldsOfOneName(t *testing.T) {
	s := append(stored(t, "f", "STRUCT<a INT64>"), expr.Field{Name: "f.a", Type: expr.String}, expr.Field{Name: "element(l, n, 'x')", Type: expr.Int64})
	_, err := s.Field("f.a")
	require.EqualError(t, err, `there are several columns "f.a": rename one of them`)
	f, err := s.Field("element(l,n,'x')")
	require.NoError(t, err)
	require.Nil(t, f.Part, "a column can be called as a reference is written")
}

func TestNamesOfElementsHaveCase(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		same bool
	}{
		{"f.A", "F.a", true},
		{"element(v, n, 'x')", "ELEMENT(V,N,\"x\")", true},
		{"element(v, n, 'x')", "element(v, n, 'X')", false},
		{"element(v, n, 'x')", "element(v, m, 'x')", false},
		{"element(v, n, 'x')", "element_count(n, 'x')", false},
		{"element(v, n, 'x'", "Element(v, n, 'X'", true},
	} {
		assert.Equal(t, tt.same, expr.SameColumn(tt.a, tt.b), "%s, %s", tt.a, tt.b)
		assert.Equal(t, tt.same, expr.SameColumn(tt.b, tt.a), "%s, %s", tt.b, tt.a)
	}
}

func TestPartsShowWhatTheyAreOf(t *testing.T) {
	for name, want := range map[string]bool{
		"secret": true, "secret.a": true, "Secret.a.b": true, "secrets": false, "open.hidden": true, "open.other": false, "open": true,
		"element(secret.v, n, 'x')": true, "element(v, Secret, 'x')": true, "element_count(secret.n, 'x')": true, "element(v, n, 'secret')": false,
	} {
		assert.Equal(t, want, expr.Shows([]string{"secret", "open.hidden"}, name), name)
	}
}

// arrays are rows of two arrays: names, and their lengths where there is no NULL.
type arrays struct {
	names  [][]string
	values [][]float64
}

func (a arrays) Schema(context.Context) (expr.Schema, error) {
	return expr.Schema{{Name: "names", Type: "ARRAY<STRING>"}, {Name: "values", Type: "ARRAY<FLOAT64>"}}, nil
}

// Scan has batches of three rows; of what is negative there is no value.
func (a arrays) Scan(_ context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	return func(yield func(*expr.Batch, error) bool) {
		b := &expr.Batch{Columns: make([]expr.Vector, len(columns))}
		for low := 0; low < len(a.names); low += 3 {
			b.Rows = min(3, len(a.names)-low)
			for c, name := range columns {
				v := &b.Columns[c]
				if name == "names" {
					v.Reset("ARRAY<STRING>", b.Rows)
				} else {
					v.Reset("ARRAY<FLOAT64>", b.Rows)
				}
				for i := range b.Rows {
					v.Valid.Set(i)
					if name == "names" {
						first := v.SetItems(i, len(a.names[low+i]))
						for j, x := range a.names[low+i] {
							v.Items.Texts[first+j] = x
							v.Items.Valid.Set(first + j)
						}
						continue
					}
					first := v.SetItems(i, len(a.values[low+i]))
					for j, x := range a.values[low+i] {
						if v.Items.Floats[first+j] = x; x >= 0 {
							v.Items.Valid.Set(first + j)
						}
					}
				}
			}
			if !yield(b, nil) {
				return
			}
		}
	}
}

func TestElementsAreFoundByNameOrNotAtAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfN(rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "A", ""}), 0, 5), 1, 10).Draw(t, "names")
		a := arrays{names: names}
		for i := range names {
			n := len(names[i]) + rapid.SampledFrom([]int{0, 0, 0, 1, -1}).Draw(t, "more")
			a.values = append(a.values, rapid.SliceOfN(rapid.Float64Range(-1, 9), max(n, 0), max(n, 0)).Draw(t, "values"))
		}
		key := rapid.SampledFrom([]string{"a", "b", ""}).Draw(t, "key")
		element, count := expr.Element("values", "names", key).Columns()[0], expr.ElementCount("names", key).Columns()[0]
		row := 0
		for b, err := range expr.Scan(context.Background(), a, []string{count, "names", element}) {
			require.NoError(t, err)
			for i := range b.Rows {
				times, at := 0, 0
				for j, name := range names[row] {
					if name == key {
						times, at = times+1, j
					}
				}
				want := any(nil)
				if times == 1 && len(names[row]) == len(a.values[row]) && a.values[row][at] >= 0 {
					want = a.values[row][at]
				}
				require.Equal(t, int64(times), b.Columns[0].Value(i).Go(), "row %d", row)
				require.Equal(t, want, b.Columns[2].Value(i).Go(), "row %d", row)
				row++
			}
		}
		require.Equal(t, len(names), row)
	})
}

// However references are written, they are of one column where they are resolved as one.
func TestReferencesThatAreWrittenOtherwise(t *testing.T) {
	s := stored(t, "v", "ARRAY<FLOAT64>", "n", "ARRAY<STRING>", "w", "ARRAY<FLOAT64>")
	quoted := func(key string, how int) string {
		return []string{"'" + key + "'", `"` + key + `"`, `'\x` + fmt.Sprintf("%02x", key[0]) + key[1:] + "'"}[how]
	}
	rapid.Check(t, func(t *rapid.T) {
		written := func() string {
			key := rapid.SampledFrom([]string{"a", "A", "ab", "a b", "ä", "x20"}).Draw(t, "key")
			if key[0] < 0x80 {
				key = quoted(key, rapid.IntRange(0, 2).Draw(t, "how"))
			} else {
				key = "'" + key + "'"
			}
			space := rapid.SampledFrom([]string{"", " ", "\t"})
			return rapid.SampledFrom([]string{"element", "ELEMENT"}).Draw(t, "function") + "(" + space.Draw(t, "") +
				rapid.SampledFrom([]string{"v", "V", "`v`", "w"}).Draw(t, "values") + "," + space.Draw(t, "") + "n" + space.Draw(t, "") + "," + key + ")"
		}
		a, b := written(), written()
		first, err := s.Field(a)
		require.NoError(t, err)
		second, err := s.Field(b)
		require.NoError(t, err)
		require.Equal(t, first.Name == second.Name, expr.SameColumn(a, b), "%s, %s", a, b)
	})
}
