package claim

import (
	"fmt"
	"strings"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality"
)

// A Claim is the right to write dates of a table, until it expires.
type Claim struct {
	// Table is what is claimed, by the one name that all its writers use.
	Table string `json:"-"`
	// ID tells the claim from every other, also from a second attempt of its owner.
	ID string `json:"id"`
	// Dates are those that may be written.
	Dates
	Owner   string `json:"owner,omitempty"`
	Purpose string `json:"purpose,omitempty"`
	// Token is higher than that of every claim on the table before: a write that
	// comes with a lower one than the table has seen comes too late.
	Token   int64     `json:"token"`
	Since   time.Time `json:"since"`
	Expires time.Time `json:"expires"`
}

// Dates are a range, both ends of which belong to it. An end that is zero is open; the
// zero Dates are all dates, the whole of a table.
type Dates struct {
	From civil.Date `json:"from,omitzero"`
	To   civil.Date `json:"to,omitzero"`
}

// Check says what is wrong with the dates.
func (d Dates) Check() error {
	for _, end := range []civil.Date{d.From, d.To} {
		if !end.IsZero() && !end.IsValid() {
			return fmt.Errorf("%s is no date", end)
		}
	}
	if !d.From.IsZero() && !d.To.IsZero() && d.To.Before(d.From) {
		return fmt.Errorf("no dates lie in %s: the first is after the last", d)
	}
	return nil
}

// Common are the dates that two ranges share; ok is false where there are none.
func (d Dates) Common(e Dates) (common Dates, ok bool) {
	common = d
	if d.From.IsZero() || !e.From.IsZero() && e.From.After(d.From) {
		common.From = e.From
	}
	if d.To.IsZero() || !e.To.IsZero() && e.To.Before(d.To) {
		common.To = e.To
	}
	return common, common.From.IsZero() || common.To.IsZero() || !common.To.Before(common.From)
}

// Covers reports whether all of some dates are among d.
func (d Dates) Covers(e Dates) bool {
	common, ok := d.Common(e)
	return ok && common == e
}

// Days is how many days of the calendar there are in the range, each counted whatever
// happens on it; ok is false where an end is open.
func (d Dates) Days() (days int, ok bool) {
	if d.From.IsZero() || d.To.IsZero() {
		return 0, false
	}
	return d.To.DaysSince(d.From) + 1, true
}

func (d Dates) String() string {
	switch {
	case d == Dates{}:
		return "all dates"
	case d.From.IsZero():
		return "all dates to " + d.To.String()
	case d.To.IsZero():
		return "all dates from " + d.From.String()
	case d.From == d.To:
		return d.From.String()
	}
	return d.From.String() + ".." + d.To.String()
}

// counted is how many days there are, in words.
func (d Dates) counted() string {
	switch days, ok := d.Days(); {
	case !ok:
		return "days without number"
	case days == 1:
		return "1 day"
	default:
		return quality.Grouped(int64(days)) + " days"
	}
}

func (c Claim) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s claims %s of %s", c.holder(), c.Dates, c.Table)
	if c.Purpose != "" {
		fmt.Fprintf(&b, " for %s", c.Purpose)
	}
	fmt.Fprintf(&b, " since %s (token %d)", stamp(c.Since), c.Token)
	return b.String()
}

func (c Claim) holder() string {
	if c.Owner == "" {
		return "somebody without a name"
	}
	return c.Owner
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }
