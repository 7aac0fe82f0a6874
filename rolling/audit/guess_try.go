package audit

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
	"github.com/intactdata/intact/rolling/panel"
)

// guessing is a question as it is answered.
type guessing struct {
	Question
	rows, stored expr.Schema
	numbers      []string // columns of the rows
	n            int      // stored rows
	asked        []*askedColumn
}

// askedColumn is a stored column and the rules that were tried.
type askedColumn struct {
	name     string
	hints    hints
	decimals int // −1: it is not rounded
	values   int64
	tried    int
	found    []Candidate // the best ones, in their order
}

func (g *guessing) open(ctx context.Context) error {
	err := g.Keys.CheckKeys()
	if err != nil {
		return err
	}
	if g.rows, err = g.Rows.Source.Schema(ctx); err != nil {
		return err
	}
	if g.stored, err = g.Stored.Source.Schema(ctx); err != nil {
		return err
	}
	key := append(slices.Clone(g.Keys.Entity), g.Keys.At)
	var there []string
	for _, own := range key {
		there = append(there, From{Map: g.Map}.there(own))
	}
	g.numbers = numbersOf(g.rows, there)
	names, given := g.Columns, len(g.Columns) > 0
	if !given {
		names = numbersOf(g.stored, key)
	}
	if g.Rows.Name == g.Stored.Name { // no column is made from what is asked about
		g.numbers = slices.DeleteFunc(g.numbers, func(n string) bool { return expr.Named(names, n) && (given || hintsOf(n, nil).sure) })
	}
	for _, name := range names {
		f, err := g.stored.Field(name)
		if err != nil {
			return err
		}
		if !f.Type.IsNumber() && f.Type != expr.Null {
			return fmt.Errorf("%s is %s and no number, and windows are numbers", f.Name, f.Type)
		}
		h := hintsOf(f.Name, g.numbers)
		if given || h.sure {
			g.asked = append(g.asked, &askedColumn{name: f.Name, hints: h})
		}
	}
	if len(g.asked) == 0 {
		return errors.New("no column's name says a number, as points_avg_last_10 does: name those that are asked about")
	}
	points := newPoints(g.audited(population{}))
	for b, err := range points.Scan(ctx, there) {
		if err != nil {
			return err
		}
		g.n += b.Rows
	}
	for i, a := range g.asked {
		a.decimals = decimalsOf(points.values[i])
		for _, v := range points.values[i] {
			if v == v {
				a.values++
			}
		}
	}
	return nil
}

// audited is the stored columns, of a population.
func (g *guessing) audited(p population) audited {
	s := Stored{Keys: g.Keys, From: From{Table: g.Rows.Name, Map: g.Map}}
	s.Keys.Counted, s.Keys.Reset = p.counted, p.reset
	for _, a := range g.asked {
		s.Columns = append(s.Columns, Column{Name: a.name})
	}
	return audited{derivation{Stored: s, tables: []string{g.Stored.Name, g.Rows.Name}, now: g.Now}, []expr.Source{g.Stored.Source, g.Rows.Source}}
}

// suggested are the windows that a column's name says.
func (g *guessing) suggested(a *askedColumn) hints {
	h := a.hints
	if len(h.values) == 0 {
		h.values = g.numbers
	}
	return h
}

// otherSizes are those windows with the usual sizes, of a column that nothing fits so far.
func (g *guessing) otherSizes(a *askedColumn) hints {
	h := g.suggested(a)
	if a.done() || !h.sure {
		return hints{}
	}
	h.windows, _ = windowsOf(nil)
	return h
}

// others are windows over all numbers, of a column that still nothing fits.
func (g *guessing) others(a *askedColumn) hints {
	h := a.hints
	if a.done() {
		return hints{}
	}
	h.values, h.stats = g.numbers, allStats
	return h
}

// done reports whether nothing needs to be tried any more.
func (a *askedColumn) done() bool {
	return a.values == 0 || len(a.found) > 0 && a.found[0].fits()
}

// kept is how many of the rules that fit a sample best are held against all rows.
const kept = 12

func (a *askedColumn) take(c Candidate) {
	a.tried++
	if c.Equal == 0 {
		return
	}
	at, _ := slices.BinarySearchFunc(a.found, c, Candidate.compare)
	a.found = slices.Insert(a.found, at, c)
	if len(a.found) > kept {
		a.found = a.found[:kept]
	}
}

// rulesAtOnce bounds the memory that the answers take.
const rulesAtOnce = 3000

// try tries windows on every population, as of some of the points.
func (g *guessing) try(ctx context.Context, of func(*askedColumn) hints, readings []panel.Reading, sample int) error {
	var values []string
	plan := make([]hints, len(g.asked))
	any := false
	for i, a := range g.asked {
		plan[i] = of(a)
		any = any || len(plan[i].values) > 0
		if len(plan[i].values) <= 3 {
			values = appendNew(values, plan[i].values...)
		}
	}
	if !any {
		return nil
	}
	step := (g.n + sample - 1) / sample
	populations, err := g.populations(ctx, values)
	if err != nil {
		return err
	}
	for _, p := range populations {
		var rules []rule
		for i := range g.asked {
			specs, odd := definitionsOf(plan[i])
			for k, s := range specs {
				for _, r := range readings {
					if r != panel.Present && (p.counted.IsZero() || r == panel.Dropped && sameOfDays(s)) { // there is one way
						continue
					}
					rules = append(rules, rule{i, Definition{s, r}, p.odd + odd[k] + 4*int(r)})
				}
			}
		}
		for some := range slices.Chunk(rules, rulesAtOnce) {
			if err := g.fit(ctx, p, some, step); err != nil {
				return err
			}
		}
	}
	return nil
}

// sameOfDays reports whether it is the same to leave a row out and to drop it later: over
// days it takes no other's place, and only these statistics count it.
func sameOfDays(s rolling.Spec) bool {
	kind := s.Statistic().Kind()
	return s.Window().Days() > 0 && kind != "count" && kind != "sum"
}

// verify holds what fits a sample best against all rows.
func (g *guessing) verify(ctx context.Context) error {
	if g.n <= sampledWildly {
		return nil
	}
	var of []population
	rules := map[string][]rule{}
	for i, a := range g.asked {
		for _, c := range a.found {
			p := population{counted: c.Counted, same: c.Same, reset: c.Reset}
			if rules[p.key()] == nil {
				of = append(of, p)
			}
			rules[p.key()] = append(rules[p.key()], rule{i, c.Definition, c.odd})
		}
		a.found = nil
	}
	for _, p := range of {
		if err := g.fit(ctx, p, rules[p.key()], 1); err != nil {
			return err
		}
	}
	return nil
}

// A rule is a definition that a stored column is held against.
type rule struct {
	column int
	Definition
	odd int
}

// answer is what the best of the rules says.
func (a *askedColumn) answer() Answer {
	out := Answer{Column: a.name, Values: a.values, Tried: a.tried}
	if len(a.found) == 0 {
		return out
	}
	best := a.found[0]
	out.Best = &best
	for _, c := range a.found[1:] {
		if c.alike(best) {
			out.Alike = append(out.Alike, c)
		}
	}
	if best.fits() {
		out.Lies = a.hints.lies(best.Spec)
	}
	return out
}

// lies says what a window is that the name says otherwise.
func (h hints) lies(is rolling.Spec) string {
	var out []string
	if kind := is.Statistic().Kind(); h.said > 0 && !slices.Contains(h.stats[:h.said], kind) {
		out = append(out, fmt.Sprintf("the name says %s and it is %s", h.stats[0], kind))
	}
	if h.sure && h.windows[0] != is.Window() {
		out = append(out, fmt.Sprintf("the name says %s and they are %s", sizeText(h.windows[0]), sizeText(is.Window())))
	}
	return strings.Join(out, ", ")
}
