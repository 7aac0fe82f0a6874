package checks

import (
	"fmt"

	"github.com/intactdata/intact/quality"
)

// Change claims that a measure of the judged rows is what it was of others, give or take
// so much. A baseline of too few rows, or of which the measure is 0, is dead and none to
// compare with: unknown.
type Change struct {
	Measure  Measure
	Baseline Baseline
	Bounds   []quality.Bound // ChangeBy, or of a share ChangeByPoints; at least one

	// ZeroLives says that a measure of 0 is something to compare with, as long as there are
	// rows; a share of 0 is by points only.
	ZeroLives bool
	// Alike says that columns are of one type in both, numbers of any: how many texts are
	// populated says nothing of numbers.
	Alike bool
}

// Validate reports what is wrong without looking at data.
func (c Change) Validate() error {
	if err := c.Measure.validate(); err != nil {
		return err
	}
	if err := c.Baseline.validate(c.Measure.columns()); err != nil {
		return err
	}
	for _, b := range c.Bounds {
		if b.InPoints() && !c.Measure.share() {
			return fmt.Errorf("%s is of a share, and %s is none: write a percentage", b.Human(), c.Measure)
		}
	}
	return quality.CheckChanges(c.Bounds)
}

// In refuses a judged period that is not told, or is in its own baseline.
func (c Change) In(s quality.Suite, _ quality.Rule) (quality.Check, error) {
	return c, c.Baseline.fits(s)
}

// Describe names the measure and the baseline.
func (c Change) Describe() quality.Description {
	return quality.Description{
		Kind: "against", Columns: c.Measure.columns(),
		Claim:      fmt.Sprintf("%s against %s: %s", c.Measure, c.Baseline, quality.Claim(c.Bounds)),
		JudgesZero: c.Measure.Of == Rows,
	}
}

// Others is the other table that is the baseline, if one is.
func (c Change) Others() []quality.Other { return c.Baseline.others(c.Measure.columns()) }

// asked are the rows, and the measure of each: the judged ones, each past period, and
// all of the latter.
type asked struct {
	stretches
	judges, holds quality.Request
	each          []quality.Request
}

func (c Change) asked(s quality.Scope) (out asked, err error) {
	if err := c.Measure.Of.shown(s, c.Measure.Column); err != nil {
		return out, err
	}
	if out.stretches, err = c.Baseline.in(s, c.Measure.columns()); err != nil {
		return out, err
	}
	if c.Alike {
		if err := out.alike(c.Measure.columns()); err != nil {
			return out, err
		}
	}
	ask := func(t stretch) (q quality.Request) {
		metric, failed := c.Measure.metric(t.schema)
		if failed != nil && err == nil {
			err = failed
		}
		return t.of(metric)
	}
	out.judges, out.holds = ask(out.judged), ask(out.whole)
	for _, t := range out.past {
		out.each = append(out.each, ask(t))
	}
	return out, err
}

// alike refuses columns that are of one type here and of another there.
func (t stretches) alike(columns []string) error {
	for _, name := range columns {
		here, err := t.judged.schema.Field(name)
		if err != nil {
			return err
		}
		there, err := t.whole.schema.Field(name)
		if err != nil {
			return err
		}
		if unlike(here.Type, there.Type) && !(here.Type.IsNumber() && there.Type.IsNumber()) {
			return fmt.Errorf("%s is %s, and %s %s", name, here.Type, there.Type, t.whole.text)
		}
	}
	return nil
}

// Requests measures both times.
func (c Change) Requests(s quality.Scope) ([]quality.Request, error) {
	a, err := c.asked(s)
	return append([]quality.Request{s.Population(), a.judges, a.holds}, a.each...), err
}

// Judge holds the measure in each segment against that of the baseline.
func (c Change) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	a, err := c.asked(s)
	if err != nil {
		return []quality.Finding{{Verdict: quality.Unknown, Reason: err.Error()}}
	}
	return quality.EachSegment(m, a.judges, func(seg quality.Segment, got any) quality.Finding {
		f, err := c.judge(m, a, seg, got)
		if err != nil {
			return quality.Finding{Segment: seg, Verdict: quality.Unknown, Reason: err.Error()}
		}
		return f
	})
}

func (c Change) judge(m quality.Measured, a asked, seg quality.Segment, got any) (quality.Finding, error) {
	days, pastDays := a.judged.days, a.whole.days
	if days == pastDays {
		days, pastDays = 0, 0 // of as many days, whole numbers say more
	}
	unknown := func(reason string) (quality.Finding, error) {
		return quality.Finding{Segment: seg, Verdict: quality.Unknown, Reason: "nothing to judge: " + reason, Bounds: c.Bounds}, nil
	}
	now := c.Measure.of(got, days)
	if now.observed == nil {
		return unknown("there is no " + a.judged.told(c.Measure.String()))
	}
	for i, q := range a.each {
		got, err := m.Get(q, seg)
		if err != nil {
			return quality.Finding{}, err
		}
		switch then := c.Measure.of(got, 0); {
		case then.over < c.Baseline.least():
			return unknown(fmt.Sprintf("the baseline %s is of %s, and least is %s", a.past[i].text, quality.Plural(then.over, "row", "rows"), quality.Grouped(c.Baseline.least())))
		case then.dead() && !c.ZeroLives:
			return unknown(fmt.Sprintf("the baseline is dead: %s is 0 %s", c.Measure, a.past[i].text))
		}
	}
	got, err := m.Get(a.holds, seg)
	if err != nil {
		return quality.Finding{}, err
	}
	then := c.Measure.of(got, pastDays)
	if then.observed == nil || then.dead() && !c.ZeroLives {
		return unknown(fmt.Sprintf("the baseline is dead: %s is 0 %s", c.Measure, a.whole.text))
	}
	text := fmt.Sprintf("%s: %s, against %s", c.Measure, a.judged.told(now.text), a.whole.told(then.text))
	return quality.HoldAgainst(seg, now.observed, then.observed, c.Bounds, text), nil
}
