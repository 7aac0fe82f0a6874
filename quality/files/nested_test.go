package files_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"

	"github.com/intactdata/intact/quality/files"
	"github.com/intactdata/intact/quality/files/dialect"
	"github.com/intactdata/intact/quality/rows"
)

// store is a feature store in every shape, which package rows reads as well.
type store struct {
	ID       int64              `parquet:"id" intact:"id"`
	Features *features          `parquet:"features,optional" intact:"features"`
	Names    []string           `parquet:"names,list" intact:"names"`
	Values   []float64          `parquet:"values" intact:"values"`
	Pairs    []pair             `parquet:"pairs,optional,list" intact:"pairs"`
	Bare     []pair             `parquet:"bare" intact:"bare"`
	ByName   map[string]float64 `parquet:"by_name" intact:"by_name"`
}

type features struct {
	Rate *float64 `parquet:"rate,optional" intact:"rate"`
	Deep struct {
		Text string   `parquet:"text" intact:"text"`
		Tags []string `parquet:"tags,list" intact:"tags"`
	} `parquet:"deep" intact:"deep"`
}

type pair struct {
	Name  string   `parquet:"name" intact:"name"`
	Value *float64 `parquet:"value,optional" intact:"value"`
}

// parts are references to all that a store holds.
var parts = []string{
	"id", "features.rate", "features.deep.text", "element(values, names, 'a')", "element(pairs.value, pairs.name, 'b')",
	"element(bare.value, bare.name, 'a')", "element(by_name.value, by_name.key, 'c')", "element_count(features.deep.tags, 'a')", "element_count(bare.name, 'b')",
}

func randomStores(d *rand.Rand, n int) []store {
	names := func() []string {
		out := make([]string, d.IntN(4))
		for i := range out {
			out[i] = string(rune('a' + d.IntN(3)))
		}
		return out
	}
	maybe := func() *float64 {
		if d.IntN(3) == 0 {
			return nil
		}
		return new(float64(d.IntN(9)) / 2)
	}
	pairs := func() []pair {
		var out []pair
		for _, name := range names() {
			out = append(out, pair{name, maybe()})
		}
		return out
	}
	out := make([]store, n)
	for i := range out {
		s := store{ID: int64(i), Names: names(), Pairs: pairs(), Bare: pairs(), ByName: map[string]float64{}}
		for range len(s.Names) - d.IntN(2) {
			s.Values = append(s.Values, float64(d.IntN(9))/2)
		}
		for _, name := range names() {
			s.ByName[name] = float64(d.IntN(9))
		}
		if d.IntN(4) > 0 {
			s.Features = &features{Rate: maybe()}
			s.Features.Deep.Text, s.Features.Deep.Tags = fmt.Sprint(d.IntN(5)), names()
		}
		out[i] = s
	}
	return out
}

// Structs in memory and the files that are written of them hold the same, whatever pages
// and groups the items of a row lie in.
func TestPartsOfParquetColumns(t *testing.T) {
	for seed := range uint64(20) {
		all := randomStores(rand.New(rand.NewPCG(seed, 0)), 1+int(seed*seed)*23)
		inMemory, err := rows.Of(all)
		if err != nil {
			t.Fatal(err)
		}
		path := writeParquet(t, "stores.parquet", all[:min(len(all), 50)])
		if len(all) > 50 {
			path = t.TempDir() + "/stores.parquet"
			if err := parquet.WriteFile(path, all, parquet.PageBufferSize(200+10*int(seed)), parquet.MaxRowsPerRowGroup(int64(300+seed*100))); err != nil {
				t.Fatal(err)
			}
		}
		asked := append([]string(nil), parts...)
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(asked), func(i, j int) { asked[i], asked[j] = asked[j], asked[i] })
		want, err := read(inMemory, asked...)
		if err != nil {
			t.Fatal(err)
		}
		got, err := read(open(t, files.Options{}, path), asked...)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%d rows of seed %d (-structs +file)\n%s", len(all), seed, diff)
		}
	}
}

func TestFieldsOfParquetFilesThatDiffer(t *testing.T) {
	type one struct {
		F struct {
			Same  int64   `parquet:"same"`
			Wider int64   `parquet:"wider"`
			Other string  `parquet:"other"`
			First float64 `parquet:"first"`
		} `parquet:"f"`
	}
	type two struct {
		F struct {
			Same   int64   `parquet:"Same"`
			Wider  float64 `parquet:"wider"`
			Other  int64   `parquet:"other"`
			Second float64 `parquet:"second"`
		} `parquet:"f"`
	}
	a, b := writeParquet(t, "a.parquet", make([]one, 1)), writeParquet(t, "b.parquet", make([]two, 1))
	src := open(t, files.Options{}, a, b)
	got, err := read(src, "f.same", "f.wider")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][]string{{"0", "0.0"}, {"0", "0.0"}}, got); diff != "" {
		t.Error(diff)
	}
	for name, want := range map[string]string{
		"f.other":  `field "other" of "f" is STRING, and INT64 in ` + b,
		"f.first":  b + ` has no field "first" of "f", which other files have: where that is right, missing_columns: null`,
		"f.second": a + ` has no field "second" of "f", which other files have: where that is right, missing_columns: null`,
	} {
		if _, err := read(src, name); err == nil || err.Error() != want {
			t.Errorf("%s: error\n%v, want\n%s", name, err, want)
		}
	}
	got, err = read(open(t, files.Options{Dialect: dialect.Dialect{MissingColumns: dialect.Null}}, a, b), "f.first", "f.second")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][]string{{"0.0", "NULL"}, {"NULL", "0.0"}}, got); diff != "" {
		t.Error(diff)
	}
}
