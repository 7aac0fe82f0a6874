package audit

import (
	"cmp"
	"errors"
	"fmt"
	"math/big"

	"github.com/intactdata/intact/quality/suitefile/form"
	"github.com/intactdata/intact/rolling"
	"github.com/intactdata/intact/rolling/panel"
)

// writtenColumn is what is said of a stored column's window, or of all of them.
type writtenColumn struct {
	name            string
	of, stat, ratio string
	last, days      int64
	including       bool
	span, age       int64
	tolerance       *big.Rat
	decimals        *int
}

func (w *writtenColumn) keys() []form.Key {
	return []form.Key{
		{Name: "of", Doc: "The COLUMN that the window is over; without it the name of the stored column says the window: points_avg_last_10.", Form: form.Text(&w.of)},
		{Name: "stat", Doc: "The STATISTIC of it: mean, sum, count, min, max, stddev_pop or stddev_samp. Defaults to mean.", Form: form.Text(&w.stat)},
		{Name: "ratio", Doc: "A/B, instead of a column: the sum of A over the sum of B.", Form: form.Text(&w.ratio)},
		{Name: "last", Doc: "The window is the newest N rows that count.", Form: form.Positive(&w.last)},
		{Name: "days", Doc: "The window is N days.", Form: form.Positive(&w.days)},
		{Name: "include_current", Doc: "The window is declared to see its row's own time.", Form: form.Bool(&w.including)},
		{Name: "max_span", Doc: "Windows that span more than so many DAYS are refused.", Form: form.Positive(&w.span)},
		{Name: "max_age", Doc: "Windows that end more than so many DAYS before are refused.", Form: form.Positive(&w.age)},
		{Name: "tolerance", Doc: "How far a value may be off. Defaults to half a unit of an INT64 and of the ninth decimal of a NUMERIC, and one part in a billion of a FLOAT64.", Form: form.Number(&w.tolerance)},
		{Name: "decimals", Doc: "To how many decimals values were rounded, instead of a tolerance.", Form: form.CountOr(&w.decimals)},
	}
}

// over is what is said of the column, and for the rest of all of them.
func (w writtenColumn) over(all writtenColumn) writtenColumn {
	if w.of+w.ratio == "" {
		w.of, w.ratio = all.of, all.ratio
	}
	if w.last+w.days == 0 {
		w.last, w.days = all.last, all.days
	}
	w.stat, w.including = cmp.Or(w.stat, all.stat), w.including || all.including
	w.span, w.age = cmp.Or(w.span, all.span), cmp.Or(w.age, all.age)
	if w.tolerance == nil && w.decimals == nil {
		w.tolerance, w.decimals = all.tolerance, all.decimals
	}
	return w
}

func (w writtenColumn) column() (Column, error) {
	out := Column{Name: w.name}
	switch {
	case w.tolerance != nil && w.decimals != nil:
		return out, errors.New("tolerance says how far a value may be off and decimals how it was rounded: one of them")
	case w.tolerance != nil:
		absolute, _ := w.tolerance.Float64()
		out.Tolerance = &Tolerance{Absolute: absolute}
	case w.decimals != nil:
		rounded := Decimals(*w.decimals)
		out.Tolerance = &rounded
	}
	var err error
	if out.Spec, err = w.spec(); err != nil {
		err = fmt.Errorf("%s: %w", w.name, err)
	}
	return out, err
}

// spec is the window: what is said of it, or what the column's name says.
func (w writtenColumn) spec() (rolling.Spec, error) {
	if w.of+w.ratio == "" && w.last+w.days == 0 && w.stat == "" {
		var options []rolling.Option
		if w.including {
			options = append(options, rolling.Including())
		}
		if w.span > 0 {
			options = append(options, rolling.MaxSpan(int(w.span)))
		}
		if w.age > 0 {
			options = append(options, rolling.MaxAge(int(w.age)))
		}
		spec, err := rolling.Parse(w.name, options...)
		if err != nil {
			err = fmt.Errorf("nothing is said of its window, and the name does not say it (%w): write of: COLUMN and last: N or days: N", err)
		}
		return spec, err
	}
	asked := panel.Windows{IncludeCurrent: w.including, MaxSpan: w.span, MaxAge: w.age}
	add := func(to *[]string, text string) {
		if text != "" {
			*to = append(*to, text)
		}
	}
	add(&asked.Value, w.of)
	add(&asked.Stat, w.stat)
	add(&asked.Ratio, w.ratio)
	for _, n := range []struct {
		to *[]int64
		n  int64
	}{{&asked.Last, w.last}, {&asked.Days, w.days}} {
		if n.n > 0 {
			*n.to = append(*n.to, n.n)
		}
	}
	var spec panel.Spec
	spec.Wording = func(setting, value string) string {
		if setting == "value" {
			setting = "of"
		}
		return panel.Wording(nil).Say(setting, value)
	}
	if err := spec.Ask(asked); err != nil {
		return rolling.Spec{}, err
	}
	if len(spec.Windows) > 1 {
		return rolling.Spec{}, errors.New("a stored column is one window: give of or ratio, and last or days")
	}
	return spec.Windows[0], nil
}
