package lineage_test

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/lineage"
)

// keyOf is the key of a row of a table of people or of teams.
func (w *world) keyOf(n int, r record) string {
	if w.ofTeams(n) {
		return r.Day.String() + " " + r.Team
	}
	return r.Day.String() + " " + r.Who
}

// differing are the keys of rows that are not the same in two states of each table.
func (w *world) differing(a, b [][]record) []map[string]bool {
	out := make([]map[string]bool, len(a))
	for n := range a {
		out[n] = map[string]bool{}
		of := map[string]record{}
		for _, r := range a[n] {
			of[w.keyOf(n, r)] = r
			out[n][w.keyOf(n, r)] = true
		}
		for _, r := range b[n] {
			key := w.keyOf(n, r)
			if before, ok := of[key]; ok && reflect.DeepEqual(before, r) {
				delete(out[n], key)
			} else {
				out[n][key] = true
			}
		}
	}
	return out
}

// What is named is what differs between the tables as they are and as they should be:
// never less, and not more where it is known of each lost row whether it would count.
func TestBlastNamesWhatDiffers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		if len(w.raw) == 0 {
			t.Skip("a world without rows has none to lose")
		}
		table := rapid.IntRange(0, len(w.tables)-1).Draw(t, "gap")
		clean := w.build(asMade)
		if len(clean[table]) == 0 {
			t.Skip("a table without rows has none to lose")
		}
		lost := map[string]bool{}
		for range rapid.IntRange(1, 3).Draw(t, "lost") {
			lost[w.keyOf(table, rapid.SampledFrom(clean[table]).Draw(t, "row"))] = true
		}
		how := rapid.SampledFrom([]string{"lost", "lost", "v", "v", "played"}).Draw(t, "how")
		if how == "played" && (w.own || table > 0) {
			how = "lost"
		}
		gap := lineage.Gap{Table: fmt.Sprintf("d.t%d", table), From: day(days), To: day(days)}
		for _, r := range clean[table] {
			if lost[w.keyOf(table, r)] && r.Day.Before(gap.From) {
				gap.From = r.Day
			}
		}
		known := w.split && !slices.ContainsFunc(w.tables, func(m made) bool { return m.drops }) // a row may be dropped either way
		var err error
		switch how {
		case "lost":
			for _, r := range clean[table] {
				if lost[w.keyOf(table, r)] {
					gap.Keys = append(gap.Keys, map[string]string{"day": r.Day.String(), "who": r.Who, "team": r.Team, "season": r.Season})
					known = known && (r.Played == nil || *r.Played || w.allListed())
				}
			}
		case "played":
			for i, r := range w.raw {
				if lost[w.keyOf(0, r)] {
					w.raw[i].V += "!" // which is how it is told, and in the right table as well
				}
			}
			clean = w.build(asMade)
			known = false
		}
		if how != "lost" {
			gap.Columns = []string{how}
			gap.Where, err = expr.ParseExpr("v LIKE '%!'")
			require.NoError(t, err)
		}
		spoil := func(n int, made []record) (out []record) {
			for _, r := range made {
				switch {
				case n != table || !lost[w.keyOf(n, r)]:
				case how == "lost":
					continue
				case how == "v":
					r.V += "!"
				default:
					was := r.Played != nil && *r.Played
					r.Played = &was
					*r.Played = !was
				}
				out = append(out, r)
			}
			return out
		}
		graph, err := lineage.Read("tables.yaml", func(string) ([]byte, error) { return []byte(w.text()), nil })
		require.NoError(t, err, w.text())
		present := w.build(spoil)
		sources, err := w.sources(present)
		require.NoError(t, err)
		got, err := lineage.Follow(t.Context(), graph, sources, gap, lineage.Limits{})
		require.NoError(t, err, w.text())
		differs := w.differing(present, clean)
		named := make([]map[string]bool, len(w.tables))
		for n := range named {
			named[n] = map[string]bool{}
			for _, s := range got.Tables {
				for _, r := range s.Rows {
					if s.Table == fmt.Sprintf("d.t%d", n) {
						named[n][r.Date.String()+" "+r.Key[0].String()] = true
					}
				}
			}
		}
		for i, r := range clean[table] { // the gap's own rows are found again
			if lost[w.keyOf(table, r)] {
				present[table] = slices.DeleteFunc(present[table], func(o record) bool { return w.keyOf(table, o) == w.keyOf(table, r) })
				present[table] = append(present[table], clean[table][i])
			}
		}
		w.mend(t, got, present, clean, named)
		for n := range w.tables {
			for key := range differs[n] {
				if !named[n][key] {
					t.Fatalf("t%d: %s differs and is not named\n%s%v", n, key, w.text(), gap)
				}
			}
			for key := range named[n] {
				if known && !differs[n][key] {
					t.Fatalf("t%d: %s is named and does not differ\n%s%v", n, key, w.text(), gap)
				}
			}
		}
	})
}

// allListed reports whether every window that leaves rows out knows a list by which lost
// ones can be told.
func (w *world) allListed() bool {
	return !slices.ContainsFunc(w.tables, func(m made) bool { return m.counted && (!m.listed || m.teams) })
}

// mend rebuilds what is planned, in its order and of the tables as they are then: they
// come to what they should be, and no row is made that is not named.
func (w *world) mend(t *rapid.T, b *lineage.Blast, tables, clean [][]record, named []map[string]bool) {
	order := func(a, b record) int {
		return cmp.Or(a.Day.Compare(b.Day), cmp.Compare(a.Who+a.Team, b.Who+b.Team))
	}
	for _, of := range tables {
		slices.SortStableFunc(of, order)
	}
	for _, step := range b.Rebuild {
		n, err := strconv.Atoi(strings.TrimPrefix(step.Table, "d.t"))
		require.NoError(t, err)
		for d := step.From; !d.After(step.To); d = d.AddDays(1) {
			chosen := func(r record) bool {
				return r.Day == d && slices.ContainsFunc(step.Values, func(v []expr.Value) bool { return d.String()+" "+v[0].String() == w.keyOf(n, r) })
			}
			rows := slices.DeleteFunc(slices.Clone(tables[n]), chosen)
			for _, r := range w.made(n, d, tables) {
				if chosen(r) {
					rows = append(rows, r)
					if !named[n][w.keyOf(n, r)] {
						t.Fatalf("t%d: %s is rebuilt and was not named\n%s%v", n, w.keyOf(n, r), w.text(), b.Gap)
					}
				}
			}
			slices.SortStableFunc(rows, order)
			tables[n] = rows
		}
	}
	for n, differ := range w.differing(tables, clean) {
		if len(differ) > 0 {
			t.Fatalf("t%d: the rebuilt table differs still: %v\n%s%v\n%v", n, differ, w.text(), b.Gap, b.Rebuild)
		}
	}
}
