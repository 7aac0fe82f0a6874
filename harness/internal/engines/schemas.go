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

// Tables tells the schemas.
func (s Schemas) Tables(_ context.Context, names ...string) ([]quality.TableInfo, error) {
	out := make([]quality.TableInfo, len(names))
	for i, name := range names {
		schema, ok := s[name]
		out[i] = quality.TableInfo{Name: name, Schema: schema}
		if !ok {
			out[i].Err = fmt.Errorf("there is no table %s", name)
		}
	}
	return out, nil
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
