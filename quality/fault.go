package quality

import (
	"slices"

	"github.com/intactdata/intact/quality/expr"
)

// Tracer is a check whose failures can be traced to rows: some of those at fault are
// shown beside the findings that fail. They never change a verdict.
//
//	func (c Positive) AtFault(s quality.Scope) ([]quality.Fault, error) {
//		return []quality.Fault{{Where: expr.Col(c.Column).Le(0), Columns: []string{c.Column}}}, nil
//	}
//
// Of rows in memory and local files the first are found as everything is measured;
// BigQuery, which is paid for each column that is read, is asked for them only where
// Suite.RowsAtFault says so.
type Tracer interface {
	Check
	// AtFault says which rows they are. The error is a mistake in the check or the
	// columns.
	AtFault(Scope) ([]Fault, error)
}

// Fault is rows at fault. Its zero fields are the rule's own, as those of a Request
// are: rows of the table in scope, where the rule's filter is TRUE, in its segments.
type Fault struct {
	// Subject is that of the findings which the rows are shown with.
	Subject string
	// Name is what the rows are where they are none of the table: missing keys.
	Name string
	// Of is another relation that the rows are of, such as the keys that an anti-join
	// leaves. What it is grouped by must come through.
	Of Relation
	// Where is TRUE of the rows at fault; zero is all of them.
	Where expr.Expr
	// By are the group-by columns of the findings, as in a Request.
	By []string
	// Columns are what is shown of a row. The rows are the first in the order of
	// these. Before them, of rows of the table, stand what tells one from another: the
	// declared key of the table, else its date.
	Columns []string
	// Repeated: the rows are the keys that Columns make and that occur more than once
	// among the rule's own rows, each with how often: see RepeatedKeys.
	Repeated bool

	// shows limits the findings to those that the rows explain; nil is all.
	shows func(Finding) bool
}

// FaultsOf are the rows at fault where a share of rows for which a predicate holds is
// held against bounds: those for which it does not, where more must hold; those for
// which it does, where too many do. Both are predicates, for a row for which it is
// unknown may be neither.
func FaultsOf(subject string, holds, holdsNot expr.Expr, bounds []Bound, columns ...string) []Fault {
	fails := func(demands bool) func(Finding) bool {
		return func(f Finding) bool {
			return f.Observed != nil && slices.ContainsFunc(f.Bounds, func(b Bound) bool { return b.Demands() == demands && !b.Holds(*f.Observed) })
		}
	}
	var out []Fault
	for _, demands := range []bool{true, false} {
		if !slices.ContainsFunc(bounds, func(b Bound) bool { return b.Demands() == demands }) {
			continue
		}
		where := holds
		if demands {
			where = holdsNot
		}
		out = append(out, Fault{Subject: subject, Where: where, Columns: columns, shows: fails(demands)})
	}
	return out
}

// AtFault is some rows that a finding is due to.
type AtFault struct {
	// Name is what they are, "" for rows of the table.
	Name string
	// Columns are what is shown of each, those that tell one from another first.
	Columns []string
	// Redacted are columns that would have been among them and are not to be printed.
	Redacted []string
	Rows     []FaultyRow
	// Of is how many such rows there are in all, 0 where it is not known.
	Of int64
}

// FaultyRow is a row at fault.
type FaultyRow struct {
	// Values are those of the columns. A long text is cut, and ends with "…".
	Values []expr.Value
	// Times is how often a repeated key occurs, 0 for a row.
	Times int64
	// File and Line say where the row stands: on which line of a text it begins, the
	// first being 1; elsewhere the number of the row. File is "" for rows of no file,
	// and Line 0 where it is not known.
	File string
	Line int64
}
