package reference

import (
	"context"
	"fmt"
)

// Column is a column's name and its type as SQL writes it: FLOAT64,
// ARRAY<STRUCT<a INT64, b DATE>>.
type Column struct{ Name, Type string }

// Table is a table given to the reference implementation. Its values are of
// the Go types that [Result] has; those that are written as text may be given
// as a string, and nil is NULL.
type Table struct {
	Name    string // t, or project.dataset.t
	Columns []Column
	Rows    [][]any
}

// Param is a named parameter of a query, @Name in its SQL.
type Param struct {
	Name  string
	Type  string
	Value any
}

// Result is what a query returns. Its values are int64, float64, bool, string
// (also for JSON), []byte, civil.Date, civil.DateTime, civil.Time, time.Time
// in UTC, *big.Rat for NUMERIC and BIGNUMERIC, and []any for ARRAY and STRUCT,
// as package cloud.google.com/go/bigquery gives them; NULL is nil.
type Result struct {
	Columns []Column
	Rows    [][]any
}

// Database is a set of tables that queries can read. It is safe for
// concurrent use.
type Database struct {
	ev    *Evaluator
	id    string
	names []string
}

// Load hands tables over. Close the database when it is done with.
func (e *Evaluator) Load(ctx context.Context, tables ...Table) (*Database, error) {
	request := registerRequest{Contents: map[string]contentProto{}}
	request.Catalog.Name = "root"
	request.Catalog.BuiltinFunctions.Language = e.language
	db := &Database{ev: e}
	for i, table := range tables {
		definition, content, err := encodeTable(table)
		if err != nil {
			return nil, fmt.Errorf("table %s: %w", table.Name, err)
		}
		if _, twice := request.Contents[table.Name]; twice {
			return nil, fmt.Errorf("table %s is given twice", table.Name)
		}
		definition.SerializationID = i + 1
		request.Catalog.Tables = append(request.Catalog.Tables, definition)
		request.Contents[table.Name] = content
		db.names = append(db.names, table.Name)
	}
	var reply registered
	if err := e.bridge.call(ctx, "RegisterCatalog", request, &reply); err != nil {
		return nil, fmt.Errorf("hand over tables %q: %w", db.names, err)
	}
	db.id = reply.ID
	return db, nil
}

// Close forgets the tables.
func (db *Database) Close(ctx context.Context) error {
	return db.ev.bridge.call(ctx, "UnregisterCatalog", registered{ID: db.id}, &struct{}{})
}

// Query runs a query over the tables, with UTC as the default time zone. What
// is wrong with the statement is an [*Error]. A query that ctx gives up is not
// interrupted: it works on, unheard, until it is done or this process ends.
func (db *Database) Query(ctx context.Context, sql string, params ...Param) (*Result, error) {
	request := evaluateRequest{SQL: joinPaths(sql, db.names), CatalogID: db.id}
	request.Options.Language = db.ev.language
	request.Options.TimeZone = "UTC"
	for _, p := range params {
		t, err := parseType(p.Type)
		if err != nil {
			return nil, fmt.Errorf("parameter @%s: %w", p.Name, err)
		}
		value, err := encode(t, p.Value)
		if err != nil {
			return nil, fmt.Errorf("parameter @%s: %w", p.Name, err)
		}
		request.Options.Parameters = append(request.Options.Parameters, parameterTypeProto{p.Name, encodeType(t)})
		request.Parameters = append(request.Parameters, parameterProto{p.Name, value})
	}
	var reply evaluateResponse
	if err := db.ev.bridge.call(ctx, "EvaluateQuery", request, &reply); err != nil {
		return nil, fmt.Errorf("%w\n\t%s", err, sql)
	}
	return decodeResult(&reply)
}
