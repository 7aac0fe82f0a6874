package audit

import (
	"context"
	"hash/maphash"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// A population is which rows take part, and what windows do not reach across.
type population struct {
	counted expr.Expr
	same    []expr.Expr // say the same of these rows
	reset   string
	odd     int
}

// key tells it from others.
func (p population) key() string { return p.counted.String() + "\x00" + p.reset }

// populations are those that are tried: what was said, and what columns are called
// like that tell who played and when a season began. Values are what windows are over.
func (g *guessing) populations(ctx context.Context, values []string) ([]population, error) {
	counted := []population{{counted: g.Keys.Counted}}
	if !g.Keys.Counted.IsZero() {
		counted = append(counted, population{})
	}
	guessed := playedOf(g.rows)
	for _, v := range values {
		guessed = append(guessed, expr.Col(v).IsNotNull())
	}
	signs := map[uint64]int{}
	for _, e := range append([]expr.Expr{g.Keys.Counted}, guessed...) {
		sign, parts, err := g.truths(ctx, e)
		if err != nil {
			return nil, err
		}
		at, known := signs[sign]
		switch {
		case e.IsZero() || e.String() == g.Keys.Counted.String():
			signs[sign] = 0
		case known:
			counted[at].same = append(counted[at].same, e)
		case parts:
			signs[sign] = len(counted)
			counted = append(counted, population{counted: e})
		}
	}
	resets := []string{g.Keys.Reset}
	for _, name := range append([]string{""}, seasonsOf(g.rows)...) {
		own := g.own(name)
		if expr.Named(g.Keys.Entity, own) {
			continue
		}
		if _, err := g.stored.Field(own); name == "" || err == nil {
			resets = appendNew(resets, own)
		}
	}
	var out []population
	for i, p := range counted {
		for k, reset := range resets {
			p.reset, p.odd = reset, 2*i+k
			out = append(out, p)
		}
	}
	return out, nil
}

var signSeed = maphash.MakeSeed()

// truths tells two predicates apart by what they say of the rows, and whether one takes
// some of them and not others.
func (g *guessing) truths(ctx context.Context, e expr.Expr) (sign uint64, parts bool, err error) {
	if e.IsZero() {
		return 0, false, nil
	}
	bound, err := e.BindPredicate(g.rows)
	if err != nil {
		return 0, false, err
	}
	columns := bound.Columns()
	evaluator := expr.NewEvaluator(columns)
	computed, err := evaluator.Prepare(bound)
	if err != nil {
		return 0, false, err
	}
	var hash maphash.Hash
	hash.SetSeed(signSeed)
	rows, trues := 0, 0
	for b, err := range expr.ScanWhole(ctx, g.Rows.Source, columns) {
		if err != nil {
			return 0, false, err
		}
		evaluator.Next(b)
		v, err := computed.Vector()
		if err != nil {
			return 0, false, err
		}
		is := v.Trues(nil, b.Rows)
		for i := range b.Rows {
			truth := byte(0)
			switch {
			case is.Get(i):
				truth = 1
				trues++
			case v.Type == expr.Bool && v.Valid.Get(i):
				truth = 2
			}
			_ = hash.WriteByte(truth) // never fails
		}
		rows += b.Rows
	}
	return hash.Sum64(), trues > 0 && trues < rows, nil
}

// own is what the stored table calls a key column of the rows.
func (q *Question) own(there string) string {
	for own, name := range q.Map {
		if strings.EqualFold(name, there) {
			return own
		}
	}
	return there
}

// playedOf are predicates that tell who took part, by columns such as is_dnp and
// minutes_played.
func playedOf(rows expr.Schema) []expr.Expr {
	var flags, minutes []expr.Expr
	for _, f := range rows {
		words := wordsOf(f.Name)
		has := func(any ...string) bool {
			return slices.ContainsFunc(any, func(w string) bool { return slices.Contains(words, w) })
		}
		col := expr.Col(f.Name)
		switch {
		case f.Err != nil: // nobody knows what it is
		case f.Type == expr.Bool && has("dnp", "inactive", "absent", "out"):
			flags = append(flags, col.IsNotTrue())
		case f.Type == expr.Bool && has("played", "active", "appeared"):
			flags = append(flags, col.IsTrue())
		case f.Type.IsNumber() && has("minutes", "mins", "min", "mp", "seconds"):
			minutes = append(minutes, col.Gt(0))
		}
	}
	var out []expr.Expr
	for _, f := range flags {
		for _, m := range minutes {
			out = append(out, f.And(m))
		}
	}
	return append(append(out, minutes...), flags...)
}

// seasonsOf are columns that part histories.
func seasonsOf(rows expr.Schema) []string {
	var out []string
	for _, f := range rows {
		if words := wordsOf(f.Name); f.Err == nil && slices.Contains(keyTypesOfResets, f.Type) && (slices.Contains(words, "season") || slices.Contains(words, "szn")) {
			out = append(out, f.Name)
		}
	}
	return out
}

var keyTypesOfResets = []expr.Type{expr.String, expr.Int64}
