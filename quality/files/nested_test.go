package files_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
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
		return new(float64(d.IntN(9)) + 0.5)
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
			s.Values = append(s.Values, float64(d.IntN(9))+0.5)
		}
		for _, name := range names() {
			s.ByName[name] = float64(d.IntN(9)) + 0.5
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

// ndjson is what stores are written as; now and then a field that is NULL is left out.
func ndjson(d *rand.Rand, all []store) string {
	var out strings.Builder
	object := func(of map[string]any) map[string]any {
		for name, value := range of {
			if p, ok := value.(*float64); ok && p == nil && d.IntN(2) == 0 {
				delete(of, name)
			}
		}
		return of
	}
	pairs := func(of []pair) []any {
		list := make([]any, len(of))
		for i, p := range of {
			list[i] = object(map[string]any{"name": p.Name, "value": p.Value})
		}
		return list
	}
	for _, s := range all {
		row := map[string]any{"id": s.ID, "names": s.Names, "values": s.Values, "pairs": pairs(s.Pairs), "bare": pairs(s.Bare)}
		var entries []any
		for name, value := range s.ByName {
			entries = append(entries, map[string]any{"key": name, "value": value})
		}
		if row["by_name"] = entries; s.Features != nil {
			row["features"] = object(map[string]any{"rate": s.Features.Rate, "deep": map[string]any{"text": s.Features.Deep.Text, "tags": s.Features.Deep.Tags}})
		}
		line, err := json.Marshal(row)
		if err != nil {
			panic(err)
		}
		out.Write(append(line, '\n'))
	}
	return out.String()
}

func TestPartsOfObjects(t *testing.T) {
	for seed := range uint64(10) {
		d := rand.New(rand.NewPCG(seed, 2))
		all := randomStores(d, 200+int(seed*seed)*40) // several chunks
		inMemory, err := rows.Of(all)
		if err != nil {
			t.Fatal(err)
		}
		path := put(t, "stores.ndjson", ndjson(d, all))
		asked := append([]string(nil), parts...)
		d.Shuffle(len(asked), func(i, j int) { asked[i], asked[j] = asked[j], asked[i] })
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

// What is wrong within an object is wrong for whoever reads it, and for nobody else.
func TestObjectsThatAreOddWithin(t *testing.T) {
	for content, want := range map[string]string{
		`{"x":1,"o":{"a":1,"A":2}}`:                                          `the object has the key "A" twice (case makes no difference)`,
		`{"x":1,"o":{"a":"\ud800"}}`:                                         `half of a surrogate pair`,
		`{"x":1,"o":{"a":1}}` + "\n" + `{"x":1,"o":{"a":"n/a"}}`:             `column "o.a": "n/a" stands for no value (1 of 2 cells, beside 1 number)`,
		`{"x":1,"o":{"a":1}}` + "\n" + `{"x":1,"o":{"a":{"b":1}}}`:           ``,
		`{"x":1,"o.a":1,"o":{"a":1}}`:                                        `there are several columns "o.a": rename one of them`,
		`{"x":1,"o":{"a":1}}` + "\n" + `{"x":1,"o":[]}`:                      `there is no field "a": o is JSON and has none that are known`,
		`{"x":1,"o":{"a":1}}` + "\n" + `{"x":1,"o":null}` + "\n" + `{"x":1}`: ``,
	} {
		src := open(t, files.Options{}, put(t, "a.ndjson", content+"\n"))
		if _, err := read(src, "x", "o"); err != nil {
			t.Errorf("%s: its other columns: %v", content, err)
		}
		field, err := schema(t, src).Field("o.a")
		if err == nil {
			_, err = read(src, field.Name)
		}
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error\n%v, want\n%s", content, err, want)
		}
	}
}

// An item that is no number among numbers is as odd as a cell.
func TestItemsThatAreOdd(t *testing.T) {
	for content, want := range map[string]string{
		`{"x":1,"v":[1,2],"n":["a","b"]}`:                                                       "",
		`{"x":1,"v":[1,2],"n":["a","b"]}` + "\n" + `{"x":1,"v":["soon",3],"n":["a","b"]}`:       `column "v": "soon" is a word (1 of 4 cells, beside 3 numbers)`,
		`{"x":1,"v":[1,2],"n":["a","b"]}` + "\n" + `{"x":1,"v":["n/a",3],"n":["a","b"]}`:        `column "v": "n/a" stands for no value (1 of 4 cells, beside 3 numbers)`,
		`{"x":1,"v":[1,2],"n":["a","b"]}` + "\n" + `{"x":1,"v":["2026-01-05",3],"n":["a","b"]}`: `column "v": "2026-01-05" is DATE`,
	} {
		src := open(t, files.Options{}, put(t, "a.ndjson", content+"\n"))
		if _, err := read(src, "x", "n"); err != nil {
			t.Errorf("%s: its other columns: %v", content, err)
		}
		_, err := read(src, "element(v, n, 'a')")
		if err == nil {
			_, err = schema(t, src).Field("element(v, n, 'a')")
		}
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error\n%v, want\n%s", content, err, want)
		}
	}
}

// A table has so many columns, and objects can have data for keys.
func TestObjectsWithDataForKeys(t *testing.T) {
	var out strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&out, "{\"x\":%d,\"o\":{\"k%d\":%d}}\n", i, i, i)
	}
	src := open(t, files.Options{}, put(t, "a.ndjson", out.String()))
	if rows, err := read(src, "x", "o", "o.k7"); err != nil || len(rows) != 3000 || rows[7][2] != "7" || rows[8][2] != "NULL" {
		t.Errorf("%d rows, error %v", len(rows), err)
	}
	if _, err := schema(t, src).Field("o.k2999"); err == nil {
		t.Error("there is no end of fields")
	}
}

// Of a group, only the leaf that is asked for is read.
func TestOtherLeavesOfAGroupAreNotRead(t *testing.T) {
	type row struct {
		Features struct {
			Large string  `parquet:"large"`
			Small float64 `parquet:"small"`
		} `parquet:"features"`
	}
	all := make([]row, 1000)
	for i := range all {
		all[i].Features.Large = strings.Repeat(fmt.Sprint(i), 300)
	}
	path := t.TempDir() + "/a.parquet"
	if err := parquet.WriteFile(path, all); err != nil {
		t.Fatal(err)
	}
	read := func(column string) (bytes, size int64) {
		src := open(t, files.Options{Progress: func(p files.Progress) { bytes, size = p.Read, p.Size }}, path)
		for _, err := range src.Scan(t.Context(), []string{column}) {
			if err != nil {
				t.Fatal(err)
			}
		}
		return bytes, size
	}
	if n, size := read("features.small"); n > size/5 {
		t.Errorf("for a leaf of 8 kB %d bytes of %d are read", n, size)
	}
	if n, size := read("features.large"); n < size/2 {
		t.Errorf("for the other leaf %d bytes of %d are read", n, size)
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
