package publish

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// Request is a publication.
type Request struct {
	Target Target
	// Table is what suites call it.
	Table string
	// Rows are those of the days, all of them.
	Rows expr.Source
	// Date is the date column, in the calendar of Zone (UTC by default); From and To are
	// the first and the last day that is written.
	Date     string
	Zone     string
	From, To civil.Date
	// Key is what there is one row of.
	Key []string
	// Suites are run on what the tables would be.
	Suites []quality.Suite
	// Calendar says what was due: without rows nothing is published unless it was nothing.
	Calendar *quality.Calendar
	// Oracle lists the keys that are due: those that are there and it does not list may
	// go. Nil is none, and all stay.
	Oracle *quality.KeysOf
	// MayShrink lets keys go, and says who says so and why; nil refuses that.
	MayShrink *Leave
	// Aside takes the rows that are set aside; nil where no rule sets any aside.
	Aside Aside
	// Run names the attempt: the same for every try of it. Digest is of the rows: where both
	// tries have one, it tells a name that is used again for other rows.
	Run, Digest string
	// Token is that of the writer's claim, and Holds reports whether it still has it, which
	// is asked right before the swap; nil is not asked.
	Token int64
	Holds func(context.Context) error
	// Now is the clock of the run.
	Now time.Time
	// Memory are options of the engine that the rows sent are judged by.
	Memory []rows.Option
}

// Leave is who lets keys go, and why.
type Leave struct{ Owner, Reason string }

// Aside keeps rows that are set aside.
type Aside interface {
	// Keep stores them, whole, once the others have passed and before they are published:
	// those that a run kept before are replaced. The last two columns are reason and run_id.
	Keep(ctx context.Context, run string, rows expr.Source) error
}

// The columns that rows set aside have besides their own.
const (
	ReasonColumn = "set_aside_by"
	RunColumn    = "run_id"
)

func (r Request) validate() error {
	var errs []error
	missing := func(bad bool, text string) {
		if bad {
			errs = append(errs, errors.New(text))
		}
	}
	missing(r.Target == nil, "there is no target to write into")
	missing(r.Rows == nil, "there are no rows to write")
	missing(r.Table == "", "the table has no name that suites could call it")
	missing(r.Date == "", "there is no date column by which the written days could be told: write date into the suite")
	missing(!r.From.IsValid() || !r.To.IsValid(), "the days that are written have no first or no last: give from and to")
	missing(r.From.IsValid() && r.To.IsValid() && r.To.Before(r.From), fmt.Sprintf("to %s is before from %s", r.To, r.From))
	missing(len(r.Key) == 0, "there is no key, so that nobody could tell whether rows are there twice or are lost: name its columns")
	missing(strings.TrimSpace(r.Run) == "", "the run has no name by which a second try of it could be told")
	missing(r.Now.IsZero(), "there is no clock")
	missing(r.MayShrink != nil && (r.MayShrink.Owner == "" || r.MayShrink.Reason == ""), "who lets keys go, and why, has to be said")
	errs = append(errs, expr.CheckDistinct(r.Key))
	for _, s := range r.Suites {
		errs = append(errs, s.Validate())
	}
	return errors.Join(errs...)
}

// write is what the target is told, given the table's columns.
func (r Request) write(schema expr.Schema) (Write, error) {
	days, err := days(schema, r.Date, r.Zone, r.From, r.To)
	return Write{Table: r.Table, Date: r.Date, Days: days, From: r.From, To: r.To, Run: r.Run, Rows: r.Digest, Token: r.Token}, err
}

// days is TRUE of rows of the days from to to.
func days(schema expr.Schema, date, zone string, from, to civil.Date) (expr.Expr, error) {
	f, err := schema.Field(date)
	if err != nil {
		return expr.Expr{}, err
	}
	at, err := expr.LoadZone(cmp.Or(zone, "UTC"))
	if err != nil {
		return expr.Expr{}, err
	}
	return quality.Scope{Schema: schema, Date: f.Name, Zone: at}.On(from, to)
}
