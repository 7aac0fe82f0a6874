package engines

import (
	"context"
	"fmt"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/enginetest"
	"github.com/intactdata/intact/quality/expr"
)

// Schemas are those of tables that were loaded from rows, by name. They say what
// a service's metadata cannot: that a column never holds a value, so that it goes
// with every type.
type Schemas map[string]expr.Schema

// Schema is that of a table, or of what a derivation makes of it.
func (s Schemas) Schema(ctx context.Context, rel quality.Relation) (expr.Schema, error) {
	if d := rel.Derivation(); d != nil {
		return quality.DerivedSchema(d, func(in quality.Relation) (expr.Schema, error) { return s.Schema(ctx, in) })
	}
	schema, ok := s[rel.Table()]
	if !ok {
		return nil, fmt.Errorf("there is no table %s", rel)
	}
	return schema, nil
}

func schemasOf(dataset string, tables []enginetest.Table) Schemas {
	out := Schemas{}
	for _, t := range tables {
		out[dataset+"."+t.Name] = t.Schema
	}
	return out
}

// stored is the type that a column is kept as: one that never holds a value can be
// of any.
func stored(t expr.Type) expr.Type {
	if t == expr.Null {
		return expr.String
	}
	return t
}
