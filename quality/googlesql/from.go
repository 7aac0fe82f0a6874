package googlesql

import (
	"fmt"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/internal/rawsql"
)

// from is a relation as it stands behind FROM, under rowAlias.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax#for_system_time_as_of
func (r Renderer) from(rel quality.Relation, p *parameters) (string, error) {
	if rel.Derivation() != nil {
		text, err := r.derived(rel.Derivation(), p)
		return text + " AS " + rowAlias, err
	}
	t, err := r.Table(rel)
	if err != nil {
		return "", err
	}
	snapshot, err := r.snapshot(p)
	return t.sql() + " AS " + rowAlias + snapshot, err
}

func (r Renderer) snapshot(p *parameters) (string, error) {
	if r.SnapshotAt.IsZero() {
		return "", nil
	}
	at, err := expr.ValueOf(r.SnapshotAt)
	if err != nil {
		return "", err
	}
	return " FOR SYSTEM_TIME AS OF " + p.name(at), nil
}

// derived is a derivation's query in parentheses, with its inputs in it.
func (r Renderer) derived(d quality.Derivation, p *parameters) (string, error) {
	var inputs []string
	for _, in := range d.Inputs() {
		text, err := r.input(in, p)
		if err != nil {
			return "", err
		}
		inputs = append(inputs, text)
	}
	var q quality.Query
	err := quality.Guard("the derivation panicked", func() (err error) { q, err = d.SQL(inputs); return err })
	if err == nil {
		err = rawsql.Select(q.Text)
	}
	if err == nil {
		err = p.adopt(q.Parameters)
	}
	if err != nil {
		return "", fmt.Errorf("%s: %w", d.Key(), err)
	}
	return "(\n" + q.Text + "\n)", nil
}

// input is a relation that a derivation puts behind FROM, with an alias of its
// own or without.
func (r Renderer) input(rel quality.Relation, p *parameters) (string, error) {
	if rel.Derivation() != nil {
		return r.derived(rel.Derivation(), p)
	}
	t, err := r.Table(rel)
	if err != nil {
		return "", err
	}
	snapshot, err := r.snapshot(p)
	if snapshot == "" || err != nil {
		return t.sql(), err
	}
	return "(SELECT * FROM " + t.sql() + snapshot + ")", nil
}
