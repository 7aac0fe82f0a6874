package bq

import (
	"slices"
	"strings"

	"github.com/intactdata/intact/quality"
)

// filter is what must be TRUE of a row, as parts joined by AND; no part is every
// row.
type filter []quality.Expr

// filterOf flattens a request's filters, dates first as the plan has them.
func filterOf(r *quality.Request) filter {
	var out filter
	for _, e := range []quality.Expr{r.Rows, r.Where} {
		if e.IsZero() {
			continue
		}
		if l, ok := e.Node().(quality.LogicExpr); ok && l.Op == quality.And {
			out = append(out, l.Operands...)
			continue
		}
		out = append(out, e)
	}
	return out
}

// within reports whether all rows of f are rows of g: every part of g is one of
// f's.
func (f filter) within(g filter) bool {
	for _, part := range g {
		if !slices.ContainsFunc(f, func(e quality.Expr) bool { return e.String() == part.String() }) {
			return false
		}
	}
	return true
}

// where is the rows that any of the requests needs, "" for all.
//
// What every request asks of one date column stands first and by itself, as OR:
// BigQuery then sees which partitions are not needed, also where a table
// requires a filter on them.
// https://cloud.google.com/bigquery/docs/querying-partitioned-tables#pruning_partitioned_tables
func (w *writer) where(requests []*quality.Request) string {
	filters := widest(requests)
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

// anyBounds are the bounds on dates of all requests, whoever has them, "" for
// none.
func (w *writer) anyBounds(requests []*quality.Request) string {
	var parts []string
	for _, r := range requests {
		for _, e := range filterOf(r) {
			if boundedColumn(e) == "" {
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

// widest are the requests' filters, each once, without those whose rows lie
// within another's.
func widest(requests []*quality.Request) []filter {
	var out []filter
	for _, r := range requests {
		f := filterOf(r)
		if slices.ContainsFunc(out, f.within) {
			continue
		}
		out = slices.DeleteFunc(out, func(g filter) bool { return g.within(f) })
		out = append(out, f)
	}
	return out
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

// boundedColumn is the date column that a part compares with a constant or with
// NULL, "" if it does anything else.
func boundedColumn(e quality.Expr) string {
	switch n := e.Node().(type) {
	case quality.CompareExpr:
		if isConstant(n.Right) {
			return dateColumn(n.Left)
		}
	case quality.BetweenExpr:
		if isConstant(n.Low) && isConstant(n.High) {
			return dateColumn(n.X)
		}
	case quality.IsExpr:
		if n.What == quality.IsNull {
			return dateColumn(n.X)
		}
	}
	return ""
}

func dateColumn(e quality.Expr) string {
	c, ok := e.Node().(quality.ColumnExpr)
	if ok && (c.Type == quality.Date || c.Type == quality.DateTime || c.Type == quality.Timestamp) {
		return c.Name
	}
	return ""
}
