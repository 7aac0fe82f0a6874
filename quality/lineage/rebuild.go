package lineage

import (
	"cmp"
	"maps"
	"slices"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
)

// Rebuild is rows of a table that are made anew: of some dates, those of some values of
// columns, or all where there are none.
type Rebuild struct {
	Table    string
	From, To civil.Date
	Columns  []string
	Values   [][]expr.Value // of the columns, each
	// Rows is how many of them are spoilt.
	Rows int
	// Command makes them, "" where the file of tables says none.
	Command string
}

// rebuild plans what mends the tables.
func (p *play) rebuild(of string) ([]Rebuild, error) {
	players := map[string]*player{}
	for _, t := range p.order {
		players[t.Name] = t
	}
	steps, err := p.graph.downstream(of)
	if err != nil {
		return nil, err
	}
	var out []Rebuild
	for _, s := range steps {
		var all []Rebuild
		for _, name := range s.Tables {
			t := players[name]
			one, err := p.rebuildOf(t, p.inTurns(s, t))
			if err != nil {
				return nil, err
			}
			all = append(all, one...)
		}
		if len(s.Tables) > 1 { // date by date, the tables in their order
			slices.SortStableFunc(all, func(a, b Rebuild) int { return a.From.Compare(b.From) })
		}
		out = append(out, all...)
	}
	return out, nil
}

// inTurns reports whether a table is made of rows that come of it on an earlier date.
func (p *play) inTurns(s Step, t *player) bool {
	if len(s.Tables) > 1 {
		return true
	}
	return slices.ContainsFunc(t.From, func(e Edge) bool {
		return e.From == t.Name && slices.ContainsFunc(t.Entity(), func(c string) bool { return !expr.Named(e.On, c) })
	})
}

// span is the first and last date of a rebuild.
type span struct{ from, to day }

// part is the rows of a table that agree in what a rebuild can choose by.
type part struct {
	values []expr.Value
	spoilt map[day]int // how many rows; 0 where there are none but sound ones
}

// rebuildOf plans one table: for each value the runs of its dates whose rows are spoilt,
// those with the same first and last date together.
func (p *play) rebuildOf(t *player, daily bool) ([]Rebuild, error) {
	columns := t.chooses()
	parts := map[string]*part{}
	for d, rows := range t.byDay {
		for _, r := range rows {
			key := keyOf(r, columns)
			one := parts[key]
			if one == nil {
				one = &part{p.values(r, columns), map[day]int{}}
				parts[key] = one
			}
			n := 0
			if r.spoilt() && (r.by&ofGap == 0 || t.Build != "") { // who makes the gap's own rows is not known
				n = 1
			}
			one.spoilt[d] += n
		}
	}
	whole := map[span]map[string]int{} // and how many rows of each part
	for key, one := range parts {
		for s, rows := range one.runs(daily) {
			if whole[s] == nil {
				whole[s] = map[string]int{}
			}
			whole[s][key] = rows
		}
	}
	var out []Rebuild
	for s, of := range whole {
		one := Rebuild{Table: t.Name, From: dateOf(s.from), To: dateOf(s.to)}
		for _, c := range columns {
			one.Columns = append(one.Columns, t.columns[c])
		}
		for _, key := range slices.SortedFunc(maps.Keys(of), func(a, b string) int {
			return slices.CompareFunc(parts[a].values, parts[b].values, expr.Value.Compare)
		}) {
			one.Rows += of[key]
			one.Values = append(one.Values, parts[key].values)
			if len(columns) > 1 { // lists of several columns would be every combination
				out = append(out, one)
				one.Rows, one.Values = 0, nil
			}
		}
		if len(columns) <= 1 {
			out = append(out, one)
		}
	}
	slices.SortFunc(out, func(a, b Rebuild) int {
		return cmp.Or(a.From.Compare(b.From), a.To.Compare(b.To), slices.CompareFunc(a.Values, b.Values, func(x, y []expr.Value) int {
			return slices.CompareFunc(x, y, expr.Value.Compare)
		}))
	})
	for i := range out {
		var err error
		if out[i].Command, err = out[i].command(t.Build); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// runs are the longest spans of a part's dates that are spoilt, or each date by itself.
func (p *part) runs(daily bool) map[span]int {
	out := map[span]int{}
	var run *span
	rows := 0
	end := func() {
		if run != nil {
			out[*run] = rows
		}
		run, rows = nil, 0
	}
	for _, d := range slices.Sorted(maps.Keys(p.spoilt)) {
		n := p.spoilt[d]
		switch {
		case n == 0:
			end()
			continue
		case run == nil:
			run = &span{d, d}
		}
		run.to = d
		if rows += n; daily {
			end()
		}
	}
	end()
	return out
}

// chooses are the columns of the key by which a rebuild can be told what to make: those
// that the command names, or all where there is none.
func (t *player) chooses() []int {
	if t.Build == "" {
		return t.key
	}
	var out []int
	for _, i := range t.key {
		if expr.Named(placeholders(t.Build), t.columns[i]) {
			out = append(out, i)
		}
	}
	return out
}
