package rollingsql

import (
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
)

// A Query is what windows are computed from, and which. It is not changed by its
// methods, which are safe for concurrent use.
type Query struct {
	// Rows are the observations.
	Rows Source
	// Counted says of each row whether the entity took part, as [rolling.Rows] has it.
	// The zero Expr is that every row is counted.
	Counted expr.Expr
	// Expected are the keys that were due, from a table kept apart from the rows. Nil
	// means that no such table is known, and holes can not be seen.
	Expected *Expected
	// Points are the keys that windows are asked for, as of; their Order is not used.
	// Nil means those of the rows. A key that occurs twice is answered once.
	Points *Source
	// From and To are the days of the points that are asked for, both included; zero is
	// all of them. Of a TIMESTAMP they are days of the Zone, or of UTC.
	From, To civil.Date
	// Specs are the windows.
	Specs []rolling.Spec
	// Zone is whose calendar days a window over days is over, as [rolling.Batch] has it.
	Zone *time.Location
	// HistoryFrom is the day from which on the history of every entity is known; zero
	// is that it begins with the entity's first row or expected key.
	HistoryFrom civil.Date
	// Partial answers what the usable places of a window come to, whether it is refused or
	// not, and nothing else: what somebody has who does not refuse. It is to find out how a
	// stored value was made, and cannot be stored.
	Partial bool
	// Now is what expected keys are due against. Zero is the time at which the statement
	// runs, which for a view is when it is read.
	Now time.Time
}

// A Source is a table and what its columns mean.
type Source struct {
	// Table is its name, [project.]dataset.table.
	Table string
	// Schema is that of the table; types of columns decide how they are computed with.
	Schema expr.Schema
	Keys
}

// Keys name the key columns of a table.
type Keys struct {
	Entity []string
	At     string // a DATE, TIMESTAMP or DATETIME
	Order  []string
	Reset  string // "" is none
}

// Expected are the keys that were due. A list that knows none of the rows, of other
// players say, finds nothing missing: hold the two against each other by a check.
type Expected struct {
	Source
	// Where is FALSE of a key that is no loss where it has no row, such as that of a
	// player listed as inactive. The zero Expr is that every key owes a row.
	Where expr.Expr
	// Due is the column that says from when on a key without a row is missing, and its
	// window no longer waiting: a TIMESTAMP, or a DATE, which is due when it has ended.
	// "" is that all are due, and so is a NULL.
	Due string
	// Also are further lists of entity columns, each of which makes a key of a row:
	// a game is due for its home and for its away team.
	Also [][]string
	// Team is the column of the rows that the entity of these keys is, where only the
	// games of teams are known: see [rolling.ByTeam]. "" is that they are of entities.
	Team string
}

// Suffixes of the columns beside a window's own.
const (
	ReasonSuffix   = "_reason"
	ObservedSuffix = "_observed"
	ExpectedSuffix = "_expected"
	OldestSuffix   = "_oldest"
	NewestSuffix   = "_newest"
)

// sources are the tables in the order in which [Query.Over] takes them.
func (q *Query) sources() []*Source {
	out := []*Source{&q.Rows}
	if q.Expected != nil {
		out = append(out, &q.Expected.Source)
	}
	if q.Points != nil {
		out = append(out, q.Points)
	}
	return out
}

func (q *Query) expects() bool { return q.Expected != nil }

func (q *Query) byTeam() bool { return q.expects() && q.Expected.Team != "" }
