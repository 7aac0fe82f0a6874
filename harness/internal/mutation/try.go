package mutation

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/faults"
)

// tryAll runs the suite on all broken tables, several at a time, and proposes checks for
// what it misses, in the order of the faults.
func (b *bench) tryAll(ctx context.Context, all []injury) ([]Trial, error) {
	trials, errs := make([]Trial, len(all)), make([]error, len(all))
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(all)) {
		workers.Go(func() {
			for i := next.Add(1) - 1; int(i) < len(all); i = next.Add(1) - 1 {
				errs[i] = quality.Guard("a check panicked", func() (err error) { trials[i], err = b.try(ctx, all[i]); return err })
				if errs[i] != nil {
					next.Store(int64(len(all))) // the others need not be tried
				}
				if b.Tried != nil {
					b.Tried(len(all))
				}
			}
		})
	}
	workers.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	for i := range trials {
		if trials[i].Outcome != Missed {
			continue
		}
		broken, _, err := b.table.Break(b.Seed, all[i].fault)
		if err == nil {
			err = b.propose(ctx, &trials[i], all[i], broken)
		}
		if err != nil {
			return nil, err
		}
	}
	return trials, nil
}

// try breaks the table by a fault and runs the suite on it.
func (b *bench) try(ctx context.Context, i injury) (Trial, error) {
	t := Trial{Kind: i.kind, Group: i.group, Fault: i.fault, Check: -1, Outcome: Missed}
	broken, effects, err := b.table.Break(b.Seed, i.fault)
	var idle *faults.NoEffectError
	switch {
	case errors.As(err, &idle):
		t.Outcome, t.Why = Idle, idle.Why
		return t, nil
	case err != nil:
		return t, err
	}
	t.Rows = effects[0].Rows
	var rules []quality.Rule
	for at, r := range b.suite.Rules {
		if meets(i.fault, b.reads[at]) {
			rules = append(rules, r)
		}
	}
	if t.By, err = b.catches(ctx, broken, rules); len(t.By) > 0 {
		t.Outcome = Caught
	}
	return t, err
}

// catches are the IDs of the rules that do not pass on a broken table.
func (b *bench) catches(ctx context.Context, broken *faults.Table, rules []quality.Rule) ([]string, error) {
	if len(rules) == 0 {
		return nil, nil
	}
	r, err := b.run(ctx, broken, rules)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, c := range r.Suites[0].Checks {
		if b.catching(c.Verdict) {
			out = append(out, c.ID)
		}
	}
	return out, nil
}

func (b *bench) catching(v quality.Verdict) bool {
	return v.Blocks() || b.Strict && v == quality.Warn
}

// meets reports whether a fault changes something of what a rule reads: one that writes
// to a column is not seen by a rule that reads neither it nor a field of it.
func meets(f faults.Fault, reads map[string]bool) bool {
	written := foldName(f.Writes())
	if written == "" || reads[written] {
		return true
	}
	for read := range reads {
		if strings.HasPrefix(read, written+".") {
			return true
		}
	}
	return false
}
