package mutation

import (
	"context"
	"math/big"
	"slices"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/faults"
)

// proposal is a check that passes on the table as it is, and has caught a fault.
type proposal struct {
	text  string
	claim string // it without its bound
	rule  quality.Rule
	reads map[string]bool
}

// propose finds a check for a fault that the suite misses: one that is proposed
// already, or a new one.
func (b *bench) propose(ctx context.Context, t *Trial, i injury, broken *faults.Table) error {
	for at, p := range b.proposals {
		if !meets(i.fault, p.reads) {
			continue
		}
		if by, err := b.catches(ctx, broken, []quality.Rule{p.rule}); err != nil || len(by) > 0 {
			t.Check = at
			return err
		}
	}
	remedies, err := b.remedies(ctx, i)
	if err != nil {
		return err
	}
	for _, r := range remedies {
		scopes, err := b.scopes(ctx, i, r, broken)
		if err != nil {
			return err
		}
		for _, at := range scopes {
			p, err := b.bounded(ctx, r, at, broken)
			if err != nil {
				return err
			}
			if p != nil {
				p.claim = r.text("", at)
				t.Check = b.add(*p)
				return nil
			}
		}
	}
	t.Outcome, t.Why = Unseen, "no check of this table alone was found that passes on it as it is and fails then"
	return nil
}

// add adds a proposal, in the place of the one that has the same claim by a looser bound.
func (b *bench) add(p proposal) (at int) {
	at = slices.IndexFunc(b.proposals, func(o proposal) bool { return o.claim == p.claim })
	if at < 0 {
		at = len(b.proposals)
		b.proposals = append(b.proposals, p)
	}
	b.proposals[at] = p
	return at
}

// bounded gives a remedy the bound by which it tells the table as it is from the broken
// one, nil where there is none.
func (b *bench) bounded(ctx context.Context, r remedy, at scope, broken *faults.Table) (*proposal, error) {
	loose := "1"
	switch {
	case r.exact:
		return b.verified(ctx, r.text("", at), broken)
	case r.share && r.least:
		loose = "1%"
	case r.share:
		loose = "99%"
	}
	rule, err := b.Read(r.text(loose, at))
	if err != nil {
		return nil, nil // it does not go with the suite, or with the columns
	}
	was, ok, err := b.extreme(ctx, b.table, rule, r.least)
	if err != nil || !ok || r.most && was.Cmp(big.NewRat(95, 100)) < 0 {
		return nil, err
	}
	is, _, err := b.extreme(ctx, broken, rule, r.least)
	if err != nil {
		return nil, err
	}
	bound, ok := between(r, was, is)
	if !ok {
		return nil, nil
	}
	return b.verified(ctx, r.text(bound, at), broken)
}

// extreme is the least, or else the most, that a check observes in any segment, nil for
// nothing; false if it cannot be judged in one.
func (b *bench) extreme(ctx context.Context, table *faults.Table, rule quality.Rule, least bool) (*big.Rat, bool, error) {
	r, err := b.run(ctx, table, []quality.Rule{rule})
	if err != nil {
		return nil, false, err
	}
	var out *big.Rat
	judged := true
	for _, f := range r.Suites[0].Checks[0].Findings {
		o := f.Observed
		if len(f.Bounds) > 0 && f.Bounds[0].Demands() != least {
			continue // it is about something else: how many values are leaks
		}
		if f.Verdict == quality.Unknown || o == nil || o.Unit == quality.UnitShare && o.Denominator == 0 {
			judged = false
			continue
		}
		v := big.NewRat(o.Numerator, 1)
		switch o.Unit {
		case quality.UnitShare:
			v.SetFrac64(o.Numerator, o.Denominator)
		case quality.UnitNumber:
			v = o.Value
		}
		if out == nil || (v.Cmp(out) < 0) == least {
			out = v
		}
	}
	return out, judged && out != nil, nil
}

// verified is a check that passes on the table as it is and not on the broken one, nil
// if it does not.
func (b *bench) verified(ctx context.Context, text string, broken *faults.Table) (*proposal, error) {
	rule, err := b.Read(text)
	if err != nil {
		return nil, nil
	}
	seen := &recorder{Source: b.table, read: map[string]bool{}}
	clean, err := b.run(ctx, seen, []quality.Rule{rule})
	if err != nil || clean.Verdict != quality.Pass {
		return nil, err
	}
	if by, err := b.catches(ctx, broken, []quality.Rule{rule}); err != nil || len(by) == 0 {
		return nil, err
	}
	return &proposal{text: text, rule: rule, reads: seen.read}, nil
}
