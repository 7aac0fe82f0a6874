package publish

import (
	"context"
	"errors"
	"fmt"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// The names of what guards look at beside the table as it would be, which has its own.
const (
	Sent    = "publish.sent"    // the rows that are to be written
	Present = "publish.present" // the table as it is
)

// Write is what is to be written where.
type Write struct {
	Table string
	// Date is the table's date column, and Days is TRUE of rows of the days From to To,
	// both included: they are replaced.
	Date     string
	Days     expr.Expr
	From, To civil.Date
	// Run names the attempt, the same however often it is tried.
	Run string
	// Rows is a digest of the rows, "" where nobody took one.
	Rows string
	// Token is that of the writer's claim, 0 without one.
	Token int64
}

// Target is a table that rows can be published into.
type Target interface {
	// Look tells what the table is. ErrNoTable is that it is not there yet.
	Look(context.Context) (quality.TableInfo, error)
	// Done reports whether the run has been published, as far as is known with these rows
	// and days, and nothing over it since: else it is a SpentError.
	Done(context.Context, Write) (bool, error)
	// Stage puts rows beside the table, where nobody reads them, and sees to it that no
	// lower token publishes into their days from now on.
	Stage(context.Context, Write, expr.Source) (Staged, error)
}

// Staged is rows that stand beside their table.
type Staged interface {
	// Engine measures what the table would be, under its own name, and Sent and Present.
	Engine() quality.Engine
	// Swap puts them into the table at one stroke, unless somebody with a higher token
	// has been there, ErrOvertaken, or the table is no longer what it was, ErrMoved.
	Swap(context.Context) error
	// Discard takes away what stands beside the table, for a short while also where the
	// context has ended. What a crash leaves there goes by itself, later.
	Discard(context.Context) error
}

// ErrNoTable: there is no such table yet.
var ErrNoTable = errors.New("there is no such table")

// ErrMoved: others wrote while the rows were judged, so that they have to be judged again.
var ErrMoved = errors.New("the table has changed while the rows were judged")

// OvertakenError is a swap that is refused as a higher token has been seen.
type OvertakenError struct {
	Table       string
	Token, Seen int64
	From, To    civil.Date // that were seen
}

func (e *OvertakenError) Error() string {
	if e.Token == 0 {
		return fmt.Sprintf("%s: days from %s to %s are written under claims, as token %d has been seen, and this is under none: nothing is written", e.Table, e.From, e.To, e.Seen)
	}
	return fmt.Sprintf("%s: token %d is no longer good for days from %s to %s, where token %d has been seen: the claim was taken over, and nothing is written", e.Table, e.Token, e.From, e.To, e.Seen)
}

// UncountedError is of rows that were swapped in and could not be counted there, or are
// others than were sent.
type UncountedError struct{ Err error }

func (e *UncountedError) Error() string {
	return fmt.Sprintf("the rows were published, but are not as many as were sent, or nobody could tell: %v", e.Err)
}

func (e *UncountedError) Unwrap() error { return e.Err }
