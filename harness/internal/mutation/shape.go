package mutation

import (
	"context"

	"github.com/intactdata/intact/harness/internal/shape"
	"github.com/intactdata/intact/quality/expr"
)

// findShapes looks at all texts of columns of texts.
func (b *bench) findShapes(ctx context.Context) error {
	b.shapes = map[string]*shape.Shape{}
	var names []string
	for _, f := range b.table.Columns() {
		if f.Type == expr.String {
			names = append(names, f.Name)
		}
	}
	seen := make([]map[string]bool, len(names))
	for i := range names {
		seen[i] = map[string]bool{}
	}
	for batch, err := range b.table.Scan(ctx, names) {
		if err != nil {
			return err
		}
		for i, name := range names {
			v := &batch.Columns[i]
			for row := range batch.Rows {
				if v.Err != nil || v.Redacted || !v.Valid.Get(row) || seen[i][v.Texts[row]] {
					continue
				}
				s := b.shapes[name]
				if s == nil {
					s = new(shape.Shape)
					b.shapes[name] = s
				}
				s.Add(v.Texts[row])
				seen[i][v.Texts[row]] = true
			}
		}
	}
	return nil
}
