package bq

import (
	"sync"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/googlesql"
)

// locations are where tables are, as far as their metadata was read. A job is
// found again and cancelled only by one who says where it runs, and BigQuery
// chooses that by the tables if nobody does.
// https://cloud.google.com/bigquery/docs/locations#specify_locations
type locations struct {
	mu sync.Mutex
	of map[googlesql.TableName]string
}

func (l *locations) set(t googlesql.TableName, location string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.of == nil {
		l.of = map[googlesql.TableName]string{}
	}
	l.of[t] = location
}

func (l *locations) get(t googlesql.TableName) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.of[t]
}

// location is where queries over a relation run: where the options say, else
// where its tables are; "" if neither is known. Tables that are read together lie
// together.
func (e *Engine) location(rel quality.Relation) string { return e.locationOf(rel.Tables()) }

func (e *Engine) locationOf(tables []string) string {
	if e.options.Location != "" {
		return e.options.Location
	}
	for _, name := range tables {
		if t, err := e.renderer.Table(name); err == nil {
			if l := e.locations.get(t); l != "" {
				return l
			}
		}
	}
	return ""
}
