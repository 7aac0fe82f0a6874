package files_test

import (
	"bytes"
	"encoding/binary"
	"math"
	"testing"

	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	pqfile "github.com/apache/arrow-go/v18/parquet/file"
	pqschema "github.com/apache/arrow-go/v18/parquet/schema"
	"github.com/google/go-cmp/cmp"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
	"github.com/intactdata/intact/quality/files/dialect"
)

// oneColumn is a Parquet file of required values.
func oneColumn[T any](t *testing.T, node pqschema.Node, err error, values []T, how ...parquet.WriterProperty) string {
	t.Helper()
	must := func(err error) {
		if err != nil {
			t.Helper()
			t.Fatal(err)
		}
	}
	must(err)
	root, err := pqschema.NewGroupNode("rows", parquet.Repetitions.Required, pqschema.FieldList{node}, -1)
	must(err)
	var out bytes.Buffer
	w, err := pqfile.NewParquetWriterWithError(&out, root, pqfile.WithWriterProps(parquet.NewWriterProperties(how...)))
	must(err)
	group, err := w.AppendRowGroupChecked()
	must(err)
	column, err := group.NextColumn()
	must(err)
	_, err = column.(interface {
		WriteBatch([]T, []int16, []int16) (int64, error)
	}).WriteBatch(values, nil, nil)
	must(err)
	must(group.Close())
	must(w.Close())
	return put(t, "a.parquet", out.String())
}

func logicalNode(name string, logical pqschema.LogicalType, physical parquet.Type, width int) (pqschema.Node, error) {
	return pqschema.NewPrimitiveNodeLogical(name, parquet.Repetitions.Required, logical, physical, width, -1)
}

func readOne(t *testing.T, path, column string) []string {
	t.Helper()
	rows, err := read(open(t, files.Options{}, path), column)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, row := range rows {
		out = append(out, row[0])
	}
	return out
}

// impala is a timestamp of 96 bits: nanoseconds of a day, and a Julian day.
func impala(nanos int64, day int32) (x parquet.Int96) {
	binary.LittleEndian.PutUint64(x[:8], uint64(nanos))
	binary.LittleEndian.PutUint32(x[8:], uint32(day))
	return x
}

// The first and the last day of BigQuery's calendar are read, and what lies beyond is
// an error of its row.
func TestParquetTimesHaveACalendar(t *testing.T) {
	micros := pqschema.NewTimestampLogicalType(true, pqschema.TimeUnitMicros)
	millis := pqschema.NewTimestampLogicalType(false, pqschema.TimeUnitMillis)
	clock := pqschema.NewTimeLogicalType(false, pqschema.TimeUnitMicros)
	const first, end = int64(-62135596800), int64(253402300800) // seconds of 0001-01-01 and 10000-01-01
	const julian = 2440588                                      // 1970-01-01
	for name, tt := range map[string]struct {
		write func(t *testing.T, values ...int64) string
		good  []int64
		want  []string
		bad   map[int64]string
	}{
		"DATE": {
			func(t *testing.T, values ...int64) string {
				node, err := logicalNode("a", pqschema.DateLogicalType{}, parquet.Types.Int32, -1)
				return oneColumn(t, node, err, convert(values, func(n int64) int32 { return int32(n) }))
			},
			[]int64{-719162, 2932896}, []string{"DATE '0001-01-01'", "DATE '9999-12-31'"},
			map[int64]string{
				-719163:       "day -719163 from 1970-01-01 is no DATE: it lies outside of the years 1 to 9999",
				2932897:       "day 2932897 from 1970-01-01 is no DATE: it lies outside of the years 1 to 9999",
				math.MaxInt32: "day 2147483647 from 1970-01-01 is no DATE: it lies outside of the years 1 to 9999",
			},
		},
		"TIMESTAMP": {
			func(t *testing.T, values ...int64) string {
				node, err := logicalNode("a", micros, parquet.Types.Int64, -1)
				return oneColumn(t, node, err, values)
			},
			[]int64{first * 1e6, end*1e6 - 1}, []string{"TIMESTAMP '0001-01-01 00:00:00+00'", "TIMESTAMP '9999-12-31 23:59:59.999999+00'"},
			map[int64]string{
				first*1e6 - 1: "-62135596800000001 microseconds from 1970-01-01 are no TIMESTAMP: it lies outside of the years 1 to 9999",
				end * 1e6:     "253402300800000000 microseconds from 1970-01-01 are no TIMESTAMP: it lies outside of the years 1 to 9999",
				math.MaxInt64: "9223372036854775807 microseconds from 1970-01-01 are no TIMESTAMP: it lies outside of the years 1 to 9999",
			},
		},
		"DATETIME": {
			func(t *testing.T, values ...int64) string {
				node, err := logicalNode("a", millis, parquet.Types.Int64, -1)
				return oneColumn(t, node, err, values)
			},
			[]int64{end*1e3 - 1}, []string{"DATETIME '9999-12-31 23:59:59.999'"},
			map[int64]string{
				end * 1e3:     "253402300800000000 microseconds from 1970-01-01 are no DATETIME: it lies outside of the years 1 to 9999",
				math.MinInt64: "-9223372036854775808 milliseconds are no DATETIME: they are too many",
			},
		},
		"TIME": {
			func(t *testing.T, values ...int64) string {
				node, err := logicalNode("a", clock, parquet.Types.Int64, -1)
				return oneColumn(t, node, err, values)
			},
			[]int64{0, 86399_999999}, []string{"TIME '00:00:00'", "TIME '23:59:59.999999'"},
			map[int64]string{
				86400_000000: "86400000000 microseconds are no TIME: a day has 86400000000",
				-1:           "-1 microseconds are no TIME: a day has 86400000000",
			},
		},
		"INT96": {
			func(t *testing.T, days ...int64) string {
				node := pqschema.NewInt96Node("a", parquet.Repetitions.Required, -1)
				return oneColumn(t, node, nil, convert(days, func(n int64) parquet.Int96 { return impala(1000, int32(n)) }))
			},
			[]int64{julian - 719162, julian + 2932896}, []string{"TIMESTAMP '0001-01-01 00:00:00.000001+00'", "TIMESTAMP '9999-12-31 00:00:00.000001+00'"},
			map[int64]string{
				julian + 2932897: "the Julian day 5373485 is none of a TIMESTAMP: it lies outside of the years 1 to 9999",
				math.MaxInt32:    "the Julian day 2147483647 is none of a TIMESTAMP: it lies outside of the years 1 to 9999",
				math.MinInt32:    "the Julian day -2147483648 is none of a TIMESTAMP: it lies outside of the years 1 to 9999",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, readOne(t, tt.write(t, tt.good...), "a")); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			for value, want := range tt.bad {
				path := tt.write(t, tt.good[0], value)
				_, err := read(open(t, files.Options{}, path), "a")
				wantError(t, name, short(err, path), `a.parquet: row 2: column "a": `+want)
			}
		})
	}
}

func convert[T any](values []int64, f func(int64) T) []T {
	var out []T
	for _, n := range values {
		out = append(out, f(n))
	}
	return out
}

func TestParquetHalfFloats(t *testing.T) {
	var values []parquet.FixedLenByteArray
	for _, bits := range []uint16{0x3c00, 0xc000, 0x7bff, 0x0400, 0x03ff, 0x0001, 0x8001, 0x7c00, 0xfc00, 0x7e00} {
		values = append(values, binary.LittleEndian.AppendUint16(nil, bits))
	}
	node, err := logicalNode("a", pqschema.Float16LogicalType{}, parquet.Types.FixedLenByteArray, 2)
	path := oneColumn(t, node, err, values)
	var got []float64
	for b, err := range open(t, files.Options{}, path).Scan(t.Context(), []string{"a"}) {
		if err != nil || b.Columns[0].Err != nil {
			t.Fatal(err, b.Columns[0].Err)
		}
		got = append(got, b.Columns[0].Floats...)
	}
	want := []float64{1, -2, 65504, 0x1p-14, 0x3ffp-24, 0x1p-24, -0x1p-24, math.Inf(1), math.Inf(-1)}
	if diff := cmp.Diff(want, got[:len(want)]); diff != "" || !math.IsNaN(got[len(want)]) {
		t.Errorf("(-want +got)\n%s%v", diff, got[len(want)])
	}
}

// Each codec gives back what was written, also where a page cannot be made smaller.
func TestParquetCodecs(t *testing.T) {
	var values []float64
	for i := range 400 {
		values = append(values, math.Sqrt(float64(i)))
	}
	for _, codec := range []compress.Compression{
		compress.Codecs.Uncompressed, compress.Codecs.Snappy, compress.Codecs.Gzip, compress.Codecs.Brotli, compress.Codecs.Zstd, compress.Codecs.Lz4Raw,
	} {
		node := pqschema.NewFloat64Node("a", parquet.Repetitions.Required, -1)
		path := oneColumn(t, node, nil, values, parquet.WithCompression(codec), parquet.WithDictionaryDefault(false))
		var got []float64
		for b, err := range open(t, files.Options{}, path).Scan(t.Context(), []string{"a"}) {
			if err != nil {
				t.Fatal(codec, err)
			}
			got = append(got, b.Columns[0].Floats...)
		}
		if diff := cmp.Diff(values, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", codec, diff)
		}
	}
}

// Identifiers beyond 2^53 in one file, and doubles in another, are not one key.
func TestParquetIntegersKeepTheirDigitsBesideDoubles(t *testing.T) {
	type ints struct {
		ID int64 `parquet:"id"`
	}
	type floats struct {
		ID float64 `parquet:"id"`
	}
	a := writeParquet(t, "a.parquet", []ints{{1 << 53}, {1<<53 + 1}})
	b := writeParquet(t, "b.parquet", []floats{{0.5}})
	unique := quality.Rule{Check: checks.Unique{Columns: []string{"id"}}}
	got := judge(t, open(t, files.Options{}, a, b), unique)
	if got.Verdict != quality.Unknown {
		t.Errorf("unique is %s: %s", got.Verdict, got.Reason)
	}
	declared := files.Options{Types: map[string]expr.Type{"id": expr.Numeric}}
	if got := judge(t, open(t, declared, a, b), unique); got.Verdict != quality.Pass {
		t.Errorf("declared NUMERIC unique is %s: %s", got.Verdict, got.Reason)
	}
}

func TestParquetTextsThatAreDeclaredToStandForNoValue(t *testing.T) {
	type row struct {
		A string `parquet:"a"`
		B int64  `parquet:"b,timestamp(microsecond:local)"`
	}
	path := writeParquet(t, "a.parquet", []row{{"x", 0}, {"NA", 0}, {"y", 0}})
	src := open(t, files.Options{Dialect: dialect.Dialect{Nulls: []string{"NA"}, Times: map[string]dialect.Time{"b": {Zone: "America/New_York"}}}}, path)
	got, err := read(src, "a", "b")
	const five = "TIMESTAMP '1970-01-01 05:00:00+00'"
	if diff := cmp.Diff([][]string{{"'x'", five}, {"NULL", five}, {"'y'", five}}, got); err != nil || diff != "" {
		t.Errorf("(-want +got)\n%s%v", diff, err)
	}
}
