package windows

import (
	"context"
	"fmt"
	"io"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/rolling"
)

// Request is one run.
type Request struct {
	Spec  Spec
	Path  string // of the rows; "" is Stdin
	Stdin io.Reader
	Input string // the format of Stdin: csv or ndjson
	// Output is the format of what is written; "" is that of the rows read.
	Output string
	Stdout io.Writer
}

// Run computes the windows and writes the rows with them. Nothing is written
// before all windows are known. The error is a SpecError where the request is
// wrong and not the data.
func Run(ctx context.Context, q Request) (*Summary, error) {
	if err := q.Spec.Check(); err != nil {
		return nil, err
	}
	path, name := q.Path, q.Path
	if path == "" {
		spooled, err := spool(ctx, q.Stdin, q.Input)
		if err != nil {
			return nil, err
		}
		defer spooled.remove()
		path, name = spooled.path, "standard input"
	}
	r := &run{spec: &q.Spec, output: q.Output}
	if err := r.load(ctx, path, name); err != nil {
		return nil, err
	}
	out, err := r.newWriter(q.Stdout)
	if err != nil {
		return nil, err
	}
	if err := r.compute(); err != nil {
		return nil, err
	}
	s := r.summarize()
	return s, out.write(ctx)
}

// A run is what has been loaded and computed.
type run struct {
	spec    *Spec
	output  string
	windows []rolling.Spec

	entities, teams, resets rolling.Dictionary

	rows    *keys
	values  []*valueColumn
	counted []rolling.Truth // nil: every row
	team    []int32         // of each row, where keys are expected by team

	expected *keys // nil: none
	excused  []bool
	points   *keys // nil: the rows

	result rolling.Result
}

// load reads the columns of all files.
func (r *run) load(ctx context.Context, path, name string) error {
	var err error
	if r.windows, err = r.spec.windows(); err != nil {
		return err
	}
	t, err := openTable(ctx, path, name, r.spec.Types)
	if err != nil {
		return err
	}
	if err := r.loadRows(ctx, t); err != nil {
		return err
	}
	if err := r.loadExpected(ctx); err != nil {
		return err
	}
	return r.loadPoints(ctx)
}

// itself: a column of the rows goes by its own name.
func itself(column string) []string { return []string{column} }

func (r *run) loadRows(ctx context.Context, t *table) error {
	k, err := newKeys(t, r.spec, r.spec.Entity, itself)
	if err != nil {
		return err
	}
	if err := k.findOrder(r.spec, itself); err != nil {
		return err
	}
	k.codes, k.resetCodes, k.nullReset = &r.entities, &r.resets, true
	r.rows = k
	if err := r.findValues(); err != nil {
		return err
	}
	team := -1
	if by := r.spec.Expected.By; by != "" {
		if team, _, err = k.add("expected-by", by); err != nil {
			return err
		}
	}
	var counted quality.Expr
	if !r.spec.Counted.IsZero() {
		if counted, err = k.predicate("counted", r.spec.Counted); err != nil {
			return err
		}
	}
	predicate, err := k.prepare(counted)
	if err != nil {
		return err
	}
	for b, err := range t.rows(ctx, k.columns) {
		if err != nil {
			return err
		}
		if err := k.load(b); err != nil {
			return err
		}
		for _, v := range r.values {
			if err := v.load(b); err != nil {
				return err
			}
		}
		if predicate != nil {
			if r.counted, err = predicate.appendTo(r.counted, &b.Batch); err != nil {
				return err
			}
		}
		if team >= 0 {
			if err := r.loadTeam(&b.Batch, team, b.Lines); err != nil {
				return err
			}
		}
	}
	return nil
}

// findValues finds the columns that the windows are over, each once.
func (r *run) findValues() error {
	seen := map[string]bool{}
	for _, w := range r.windows {
		for _, name := range []string{w.Statistic().Column(), w.Statistic().Per()} {
			if name == "" || seen[name] {
				continue
			}
			seen[name] = true
			v, err := newValueColumn(&r.rows.selection, name)
			if err != nil {
				return err
			}
			r.values = append(r.values, v)
		}
	}
	return nil
}

func (r *run) loadTeam(b *quality.Batch, column int, lines []int64) error {
	v := &b.Columns[column]
	for i := range b.Rows {
		if isNull(v, i) {
			return r.rows.null(column, lines[i])
		}
		r.team = append(r.team, r.teams.Code(valueText(v, i)))
	}
	return nil
}

// loadPoints loads the keys that windows are asked for as of.
func (r *run) loadPoints(ctx context.Context) error {
	if r.spec.Points == "" {
		return nil
	}
	t, err := openTable(ctx, r.spec.Points, r.spec.Points, r.spec.typesIn(itself, quality.Expr{}))
	if err != nil {
		return fmt.Errorf("--points: %w", err)
	}
	k, err := newKeys(t, r.spec, r.spec.Entity, itself)
	if err != nil {
		return fmt.Errorf("--points: %w", err)
	}
	k.codes, k.resetCodes = &r.entities, &r.resets
	r.points = k
	for b, err := range t.rows(ctx, k.columns) {
		if err != nil {
			return err
		}
		if err := k.load(b); err != nil {
			return err
		}
	}
	return nil
}

// asked are the keys that windows are asked for as of.
func (r *run) asked() *keys {
	if r.points != nil {
		return r.points
	}
	return r.rows
}

// compute answers all windows.
func (r *run) compute() error {
	b := rolling.Batch{Rows: rolling.Rows{Keys: r.rows.keys(), Counted: r.counted}, Specs: r.windows}
	for _, v := range r.values {
		b.Columns = append(b.Columns, v.column())
	}
	var expected rolling.Expected
	if r.expected != nil {
		if err := r.rows.agree("expected", r.expected, r.spec.Expected.By); err != nil {
			return err
		}
		expected = rolling.Expected{Keys: r.expected.keys(), Excused: r.excused}
	}
	if err := r.order(&b, &expected); err != nil {
		return err
	}
	if r.expected != nil {
		if r.spec.Expected.By != "" {
			var err error
			if expected, err = rolling.ByTeam(b.Rows, r.team, expected); err != nil {
				return err
			}
		}
		b.Expected = &expected
	}
	if r.points != nil {
		if err := r.rows.agree("points", r.points, ""); err != nil {
			return err
		}
		points := r.points.keys()
		b.Points = &points
	}
	if from := r.spec.HistoryFrom; from != (civil.Date{}) {
		at := int64(rolling.Day(from))
		if r.rows.unit == quality.Timestamp {
			at *= dayMicros
		}
		b.HistoryFrom = &at
	}
	return rolling.Compute(&r.result, &b)
}

const dayMicros = 24 * 60 * 60 * 1_000_000

// order gives rows and expected keys their tie-breaks.
func (r *run) order(b *rolling.Batch, expected *rolling.Expected) error {
	if len(r.rows.order) == 0 {
		return nil
	}
	tables := []*keys{r.rows}
	if r.expected != nil && len(r.expected.order) > 0 {
		tables = append(tables, r.expected)
	}
	ranks, err := rank(tables...)
	if err != nil {
		return err
	}
	b.Rows.Order = ranks[0]
	if len(tables) > 1 {
		expected.Order = ranks[1]
	}
	return nil
}

// agree refuses keys of other types than the rows': they would never meet.
func (k *keys) agree(setting string, other *keys, by string) error {
	if k.unit != other.unit && k.unit != quality.Null && other.unit != quality.Null {
		return fmt.Errorf("--%s: the times are %s in %s and %s in %s: both must be DATE, or both TIMESTAMP", setting, k.unit, k.table.name, other.unit, other.table.name)
	}
	same := func(a, b int) error {
		of, is := k.typeOf(a), other.typeOf(b)
		if of == is || of == quality.Null || is == quality.Null {
			return nil
		}
		return differ(setting, k.columns[a], k.table, of, other.table, is)
	}
	if k.reset >= 0 {
		if err := same(k.reset, other.reset); err != nil {
			return err
		}
	}
	for _, owner := range other.owners {
		for i, c := range owner {
			mine := k.owners[0][min(i, len(k.owners[0])-1)]
			if by != "" {
				mine = k.place(by)
			}
			if err := same(mine, c); err != nil {
				return err
			}
		}
	}
	return nil
}

func (k *keys) typeOf(column int) quality.Type {
	f, err := k.table.schema.Field(k.columns[column])
	if err != nil {
		return quality.Null
	}
	return f.Type
}
