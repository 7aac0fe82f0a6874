package profile

import (
	"context"
	"fmt"
	"slices"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Profile is what was found in a table.
type Profile struct {
	Table   string
	Now     time.Time
	Rows    int64
	Columns []*Column
	// Date is the column that tells the table's days, nil without one.
	Date *Column
	// Days are those that have rows, in order.
	Days []Day
	// Segments are what the rows can be grouped by: seasons and the like before others,
	// and days last.
	Segments []*Segments
	// Keys are columns that are unique together, none of which can be left out.
	Keys []Key
	// Almost is what comes nearest to a key where there is none, nil for nothing near.
	Almost *Key
	// Unanswered are the reasons why some of it could not be found.
	Unanswered []error
}

// Column is what was found in a column.
type Column struct {
	Name string
	Type expr.Type
	// Err says why it cannot be read.
	Err error
	// Values are the rows in which it is populated.
	Values int64
	// Unknown says why there is nothing of what follows.
	Unknown error
	// Distinct is how many values differ, Min and Max the ends of them.
	Distinct int64
	Min, Max expr.Value
	// Shortest and Longest are how many characters the texts of a STRING have.
	Shortest, Longest int64
	// Pattern is a regular expression that all of its texts match, "" for none that says
	// anything.
	Pattern string
	// Top are the most frequent values, at most three; none of a column in which
	// nearly all differ.
	Top []Frequent
	// Within is what it is in each of the Profile's Segments.
	Within map[*Segments]Within
	// Where says in which rows it is populated, exactly; nil for nothing that is known.
	Where *Condition
	// Most is the largest share that one value has of the values, in any of the finest
	// segments.
	Most Share
}

// Frequent is a value and how often it is there.
type Frequent struct {
	Value expr.Value
	Rows  int64
}

// Day is a day and its rows.
type Day struct {
	Day  civil.Date
	Rows int64
}

// Key is columns that may tell all rows apart.
type Key struct {
	Columns []string
	// Surplus are the rows beyond the first of their key, and Once how many of the keys
	// occur once.
	Surplus int64
	Once    Share
}

// full reports whether the column has a value in every row.
func (p *Profile) full(c *Column) bool { return c.Err == nil && c.Values == p.Rows }

// unique reports whether every row has a value of its own.
func (p *Profile) unique(c *Column) bool {
	return p.full(c) && c.Unknown == nil && c.Distinct == p.Rows
}

// Look measures a table, in a few statements over all of its rows. The error is for a
// table of which nothing can be said: one that is not there, or has no row.
func Look(ctx context.Context, engine quality.Engine, now time.Time, table string) (*Profile, error) {
	infos, err := engine.Tables(ctx, table)
	if err != nil {
		return nil, err
	}
	if err := infos[0].Err; err != nil {
		return nil, err
	}
	p := &Profile{Table: table, Now: now}
	a := asker{engine: engine, now: now, suite: quality.Suite{Name: "profile", Table: table}}
	if part := infos[0].Partitioning; part != nil && part.Required { // every query has to filter
		a.suite.Date, a.suite.From = part.Column, civil.Date{Year: 1, Month: 1, Day: 1}
	}
	a.from, err = lowest(a.suite, infos[0].Schema)
	if err != nil {
		return nil, err
	}
	if err := p.columns(ctx, a, infos[0].Schema); err != nil {
		return nil, err
	}
	if p.Rows == 0 {
		return nil, fmt.Errorf("table %s has no row, and of nothing there is nothing to claim", table)
	}
	if !slices.ContainsFunc(p.Columns, func(c *Column) bool { return c.Err == nil }) {
		return nil, fmt.Errorf("table %s has no column that can be read: %w", table, p.Columns[0].Err)
	}
	p.Date = p.dateColumn(a.suite.Date)
	p.lone(moment)
	err = p.take(ctx, a, p.segments(), p.frequent(a), p.conditions(), p.patterns(), p.keys(2))
	if err == nil && len(p.Keys) == 0 {
		err = p.take(ctx, a, p.keys(3))
	}
	if err != nil {
		return nil, err
	}
	if len(p.Keys) == 0 {
		p.lone(measure + 1)
	}
	return p, nil
}
