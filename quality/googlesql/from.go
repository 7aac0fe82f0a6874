package googlesql

import (
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/internal/rawsql"
)

// behindFrom is a table as it stands behind FROM, under rowAlias.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax#for_system_time_as_of
func (w *writer) behindFrom(name string) string {
	t, err := w.renderer.Table(name)
	if err != nil {
		return w.fail(err)
	}
	if i, ok := w.renderer.Instead[name]; ok {
		return w.would(t, i) + " AS " + rowAlias
	}
	snapshot := w.snapshot()
	if _, shards := t.Shards(); shards { // which are read as they are
		snapshot = ""
	}
	return t.SQL() + " AS " + rowAlias + snapshot
}

func (w *writer) snapshot() string {
	if w.renderer.SnapshotAt.IsZero() {
		return ""
	}
	at, err := expr.ValueOf(w.renderer.SnapshotAt)
	if err != nil {
		return w.fail(err)
	}
	return " FOR SYSTEM_TIME AS OF " + w.value(at)
}

// derived is a derivation's query in parentheses, with its inputs in it.
func (w *writer) derived(d quality.Derivation) string {
	var inputs []string
	for _, in := range d.Inputs() {
		inputs = append(inputs, w.input(in))
	}
	var q quality.Query
	err := quality.Guard("the derivation panicked", func() (err error) { q, err = d.SQL(inputs); return err })
	if err == nil {
		err = rawsql.Select(q.Text)
	}
	if err == nil {
		err = w.parameters.adopt(q.Parameters)
	}
	if raw, ok := d.(interface{ Raw() bool }); ok && raw.Raw() {
		w.raw = true
	}
	if err != nil {
		return w.fail(err) // the check is named beside, and the key is long
	}
	return "(\n" + q.Text + "\n)"
}

// input is a table that a derivation puts behind FROM, with an alias of its own or
// without.
func (w *writer) input(rel quality.Relation) string {
	t, err := w.renderer.Table(rel.Table())
	if err != nil {
		return w.fail(err)
	}
	if i, ok := w.renderer.Instead[rel.Table()]; ok {
		return w.would(t, i)
	}
	if snapshot := w.snapshot(); snapshot != "" {
		return "(SELECT * FROM " + t.SQL() + snapshot + ")"
	}
	return t.SQL()
}
