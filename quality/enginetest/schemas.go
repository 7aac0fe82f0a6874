package enginetest

import (
	"context"
	"fmt"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Schemas are those of loaded tables, by dataset.name. They tell what a service's
// metadata cannot: that a column never holds a value, so that it goes with every
// type.
type Schemas map[string]expr.Schema

// SchemasOf are the schemas of tables in a dataset.
func SchemasOf(dataset string, tables []Table) Schemas {
	out := Schemas{}
	for _, t := range tables {
		out[dataset+"."+t.Name] = t.Schema
	}
	return out
}

// Tables tells the schemas, as an engine does.
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
