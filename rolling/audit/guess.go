package audit

import (
	"context"
	"time"

	"github.com/intactdata/intact/rolling/panel"
)

// A Question asks by which rules stored columns were made.
type Question struct {
	// Stored is the table that has them, and Columns are which; none are all numbers
	// whose names say one.
	Stored  panel.Table
	Columns []string
	// Rows are what they were made from, and Expected the keys that were due, if there is
	// a list of them.
	Rows, Expected panel.Table
	// Keys say whose and when a row of both is. Reset and Counted, if they are known, are
	// tried first. Windows are none of it.
	Keys panel.Spec
	// Map names a key column of the stored table as the rows call it.
	Map map[string]string
	// Now is when keys are due against.
	Now time.Time
}

// An Answer is what a column was found to be.
type Answer struct {
	Column string
	Values int64 // that are stored
	Tried  int   // how many rules
	// Best is the rule that fits best. It is none where it explains no more than half of
	// the values.
	Best *Candidate
	// Alike are rules that these rows do not tell from it.
	Alike []Candidate
	// Lies says where the name says something else, "" where it does not.
	Lies string
}

// None reports whether no rule was found.
func (a Answer) None() bool { return a.Best == nil || !a.Best.fits() }

// sampled is how many stored rows rules are tried on; those that fit these best are then
// held against all. Of rules that nothing suggests there are many.
const (
	sampled       = 5000
	sampledWildly = 1000
)

// Guess tries the rules that the columns' names suggest. Of a column that none of those
// fits it tries other sizes, and then other numbers and statistics.
func Guess(ctx context.Context, q Question) ([]Answer, error) {
	g := guessing{Question: q}
	if err := g.open(ctx); err != nil {
		return nil, err
	}
	for _, tier := range []struct {
		of       func(*askedColumn) hints
		readings []panel.Reading
		sample   int
	}{
		{g.suggested, []panel.Reading{panel.Present, panel.Zeros, panel.Dropped}, sampled},
		{g.otherSizes, []panel.Reading{panel.Present, panel.Zeros, panel.Dropped}, sampled},
		{g.others, []panel.Reading{panel.Present}, sampledWildly},
	} {
		if err := g.try(ctx, tier.of, tier.readings, tier.sample); err != nil {
			return nil, err
		}
	}
	if err := g.verify(ctx); err != nil {
		return nil, err
	}
	out := make([]Answer, len(g.asked))
	for i, a := range g.asked {
		out[i] = a.answer()
	}
	return out, nil
}
