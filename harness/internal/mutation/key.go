package mutation

import (
	"context"
	"slices"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
)

// unique finds a key: one that the suite names, or else few columns that tell all rows
// apart; none where rows are the same in all columns.
func (b *bench) unique(ctx context.Context) ([]string, error) {
	if b.key == nil {
		key, err := b.findKey(ctx)
		if err != nil {
			return nil, err
		}
		b.key = &key
	}
	return *b.key, nil
}

func (b *bench) findKey(ctx context.Context) ([]string, error) {
	for _, key := range b.keys() {
		if ok, err := b.isKey(ctx, key); err != nil || ok {
			return key, err
		}
	}
	var columns []string
	for _, f := range b.table.Columns() {
		if isPart(f.Type) {
			columns = append(columns, f.Name)
		}
	}
	if len(columns) == 0 {
		return nil, nil
	}
	if ok, err := b.isKey(ctx, columns); err != nil || !ok {
		return nil, err
	}
	first := [][]string{nil}
	if b.scope.Date != "" {
		first = [][]string{{b.scope.Date}, nil}
	}
	for more := 1; more <= 2; more++ {
		for _, begin := range first {
			for _, rest := range choices(columns, more) {
				key := append(slices.Clone(begin), rest...)
				if expr.CheckDistinct(key) != nil {
					continue
				}
				if ok, err := b.isKey(ctx, key); err != nil || ok {
					return key, err
				}
			}
		}
	}
	return nil, nil
}

// isPart reports whether values of a type name things.
func isPart(t expr.Type) bool {
	return t == expr.String || t == expr.Int64 || t == expr.Date || t == expr.Timestamp || t == expr.DateTime
}

// choices are all choices of one or two columns.
func choices(columns []string, of int) [][]string {
	var out [][]string
	for i, c := range columns {
		if of == 1 {
			out = append(out, []string{c})
			continue
		}
		for _, d := range columns[i+1:] {
			out = append(out, []string{c, d})
		}
	}
	return out
}

func (b *bench) isKey(ctx context.Context, columns []string) (bool, error) {
	r, err := b.run(ctx, b.table, []quality.Rule{{Check: checks.Unique{Columns: columns}}})
	return err == nil && r.Verdict == quality.Pass, err
}
