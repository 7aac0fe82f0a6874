package googlesql

import (
	"slices"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// where is the rows that any of the folds needs, "" for all.
//
// What every fold asks of one date column stands first and by itself, as OR:
// BigQuery then sees which partitions are not needed, also where a table
// requires a filter on them.
// https://cloud.google.com/bigquery/docs/querying-partitioned-tables#pruning_partitioned_tables
func (w *writer) where(folds []*quality.Fold) string { return w.whereAny(widest(folds)) }

// whereAny is the rows that any of the filters takes.
func (w *writer) whereAny(filters []filter) string {
	if slices.ContainsFunc(filters, func(f filter) bool { return len(f) == 0 }) {
		return ""
	}
	if len(filters) == 1 {
		return "WHERE " + w.joined(filters[0], " AND ")
	}
	var parts []string
	for _, bounds := range dateBounds(filters) {
		parts = append(parts, w.anyOf(bounds))
	}
	if all := w.anyOf(filters); !slices.Contains(parts, all) {
		parts = append(parts, all)
	}
	return "WHERE " + strings.Join(parts, "\n  AND ")
}

// anyBounds are the bounds on dates of all folds, whoever has them, "" for
// none.
func (w *writer) anyBounds(folds []*quality.Fold) string {
	var parts []string
	for _, r := range folds {
		for _, e := range filterOf(r) {
			if comparedColumn(e) == "" {
				continue
			}
			if text := w.predicate(e); !slices.Contains(parts, text) {
				parts = append(parts, text)
			}
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "WHERE " + strings.Join(parts, " AND ")
}

func (w *writer) anyOf(filters []filter) string {
	parts := make([]string, len(filters))
	for i, f := range filters {
		parts[i] = w.joined(f, " AND ")
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return "(" + strings.Join(parts, " OR ") + ")"
}

// dateBounds are, for each date column that every filter bounds, the filters'
// parts on that column alone.
func dateBounds(filters []filter) [][]filter {
	var out [][]filter
	for _, column := range boundedColumns(filters[0]) {
		bounds := make([]filter, len(filters))
		for i, f := range filters {
			for _, e := range f {
				if boundedColumn(e) == column {
					bounds[i] = append(bounds[i], e)
				}
			}
		}
		if !slices.ContainsFunc(bounds, func(f filter) bool { return len(f) == 0 }) {
			out = append(out, bounds)
		}
	}
	return out
}

func boundedColumns(f filter) []string {
	var out []string
	for _, e := range f {
		if c := boundedColumn(e); c != "" && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}

// boundedColumn is the date column that a part compares with a constant, or says
// to be NULL; "" if it does anything else. That it is not NULL is no bound: it
// leaves out one partition.
func boundedColumn(e expr.Expr) string {
	if n, ok := e.Node().(expr.IsExpr); ok && n.What == expr.IsNull && !n.Not {
		return dateColumn(n.X)
	}
	return comparedColumn(e)
}

func comparedColumn(e expr.Expr) string {
	switch n := e.Node().(type) {
	case expr.CompareExpr:
		if isConstant(n.Right) {
			return dateColumn(n.Left)
		}
	case expr.BetweenExpr:
		if isConstant(n.Low) && isConstant(n.High) {
			return dateColumn(n.X)
		}
	}
	return ""
}

// notNullColumn is the date column that a part says not to be NULL, "" if it does
// anything else.
func notNullColumn(e expr.Expr) string {
	if n, ok := e.Node().(expr.IsExpr); ok && n.What == expr.IsNull && n.Not {
		return dateColumn(n.X)
	}
	return ""
}

func dateColumn(e expr.Expr) string {
	c, ok := e.Node().(expr.ColumnExpr)
	if ok && (c.Type == expr.Date || c.Type == expr.DateTime || c.Type == expr.Timestamp || c.Name == quality.ShardColumn) {
		return c.Name
	}
	return ""
}
