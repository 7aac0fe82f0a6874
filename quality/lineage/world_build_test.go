package lineage_test

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/lineage"
	"github.com/intactdata/intact/quality/rows"
)

// build makes all tables, day by day, the plain way; rows that were made are spoilt.
func (w *world) build(spoil func(table int, made []record) []record) [][]record {
	out := make([][]record, len(w.tables))
	for d := range days {
		for n := range w.tables {
			out[n] = append(out[n], spoil(n, w.made(n, day(d), out))...)
		}
	}
	return out
}

func asMade(_ int, made []record) []record { return made }

// made makes the rows of a table of a day, of the other tables as they are: each value is
// the text of all that it is made from.
func (w *world) made(n int, d civil.Date, tables [][]record) []record {
	of := func(rows []record) (some []record) {
		for _, r := range rows {
			if r.Day == d {
				some = append(some, r)
			}
		}
		return some
	}
	m := w.tables[n]
	var out []record
	switch m.kind {
	case "raw":
		return of(w.raw)
	case "copy":
		return of(tables[m.of])
	case "team":
		for _, team := range []string{"X", "Y"} {
			sum := record{Day: d, Team: team}
			for _, r := range of(tables[m.of]) {
				if r.Team == team {
					sum.Season, sum.V = r.Season, sum.V+"+"+r.V
				}
			}
			if sum.V != "" {
				out = append(out, sum)
			}
		}
		return out
	}
	for _, r := range of(tables[m.of]) {
		switch m.kind {
		case "join":
			r.W = ""
			for _, t := range of(tables[m.with]) {
				if t.Team == r.Team {
					r.W = t.V
				}
			}
			if m.drops && r.W == "" {
				continue
			}
		case "window":
			if r.V, r.W = w.windowOf(m, tables[m.of], r), ""; m.drops && r.V == "of" {
				continue
			}
		case "self":
			r.W = m.before(r, tables[n], false)
		case "feature":
			r.W = m.before(r, tables[m.back], true)
		}
		out = append(out, r)
	}
	return out
}

// before is the text of what somebody has on earlier dates.
func (m made) before(r record, of []record, whole bool) string {
	seen := r.W
	for _, o := range of {
		if o.Who == r.Who && o.Day.Before(r.Day) && (m.earlier == 0 || r.Day.DaysSince(o.Day) <= m.earlier) {
			if seen += fmt.Sprintf("(%d %s)", o.Day.Day, o.W); whole {
				seen += o.V
			}
		}
	}
	return shorten(seen)
}

// windowOf is the text of the places that a window is over, of its beginning too.
func (w *world) windowOf(m made, of []record, p record) string {
	type place struct {
		day  civil.Date
		text string
	}
	mine := func(who, team, season string) bool {
		if w.ofTeams(m.of) {
			who, team = team, p.Team
		} else {
			team = p.Who
		}
		return who == team && (!m.reset || season == p.Season)
	}
	seen := func(d civil.Date) bool { return d.Before(p.Day) || m.including && d == p.Day }
	var places []place
	var start civil.Date
	begin := func(d civil.Date) {
		if !start.IsValid() || d.Before(start) {
			start = d
		}
	}
	there := map[civil.Date]bool{}
	for _, r := range of {
		if !mine(r.Who, r.Team, r.Season) {
			continue
		}
		begin(r.Day)
		if there[r.Day] = true; seen(r.Day) && !(m.counted && r.Played != nil && !*r.Played) {
			places = append(places, place{r.Day, r.V})
		}
	}
	if m.teams {
		for _, g := range w.games {
			played := slices.ContainsFunc(of, func(r record) bool { return r.Day == g.Day && r.Team == g.Team && (!m.reset || r.Season == g.Season) })
			if newest := newestBefore(of, p.Who, g, m.reset); !played && newest == g.Team && (!m.reset || g.Season == p.Season) && seen(g.Day) {
				places = append(places, place{g.Day, "missing"})
			}
		}
	} else if m.listed {
		for _, k := range w.sheet {
			if k.Owes && mine(k.Who, "", k.Season) {
				if begin(k.Day); !there[k.Day] && seen(k.Day) {
					places = append(places, place{k.Day, "missing"})
				}
			}
		}
	}
	slices.SortStableFunc(places, func(a, b place) int { return a.day.Compare(b.day) })
	out := "of" // no window is no text
	if m.last > 0 {
		for _, pl := range places[max(0, len(places)-m.last):] {
			out += fmt.Sprintf("[%d %s]", pl.day.Day, pl.text)
		}
	}
	if m.days > 0 {
		from := p.Day.AddDays(-m.days)
		if m.including {
			from = from.AddDays(1)
		}
		out += fmt.Sprintf("/%v/", start.IsValid() && !start.After(from))
		for _, pl := range places {
			if !pl.day.Before(from) {
				out += fmt.Sprintf("[%d %s]", pl.day.Day, pl.text)
			}
		}
	}
	if m.drops && (len(places) < m.last || strings.Contains(out, "missing") || strings.Contains(out, "false")) {
		return "of"
	}
	return shorten(out)
}

// newestBefore is the team of somebody's newest row before a game.
func newestBefore(of []record, who string, g fixture, reset bool) (team string) {
	var at civil.Date
	for _, r := range of {
		if r.Who == who && r.Day.Before(g.Day) && (!reset || r.Season == g.Season) && !r.Day.Before(at) {
			team, at = r.Team, r.Day
		}
	}
	return team
}

// shorten keeps texts of texts from growing without end: equal ones stay equal.
var shortened = map[string]string{}

func shorten(text string) string {
	if len(text) < 40 {
		return text
	}
	if shortened[text] == "" {
		shortened[text] = fmt.Sprintf("#%d", len(shortened))
	}
	return shortened[text]
}

// tablesOf gives out the tables that were built.
type tablesOf map[string]expr.Source

func (t tablesOf) Schema(ctx context.Context, table string) (expr.Schema, error) {
	return t[table].Schema(ctx)
}

func (t tablesOf) Read(_ context.Context, r lineage.Reading) (expr.Source, error) {
	return t[r.Table], nil
}

func (w *world) sources(built [][]record) (tablesOf, error) {
	out := tablesOf{}
	var err error
	for n, records := range built {
		records = slices.Clone(records)
		slices.Reverse(records) // rows are in no order
		if out[fmt.Sprintf("d.t%d", n)], err = rows.Of(records); err != nil {
			return nil, err
		}
	}
	if out["d.sheet"], err = rows.Of(w.sheet); err != nil {
		return nil, err
	}
	out["d.fixtures"], err = rows.Of(w.games)
	return out, err
}
