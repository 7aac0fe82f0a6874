package lineage_test

import (
	"fmt"
	"slices"
	"strings"

	"cloud.google.com/go/civil"
	"pgregory.net/rapid"
)

// record is a row of any table of a world.
type record struct {
	Day    civil.Date `bigquery:"day"`
	Who    string     `bigquery:"who"` // of a table of teams ""
	Team   string     `bigquery:"team"`
	Season string     `bigquery:"season"`
	Played *bool      `bigquery:"played"`
	V      string     `bigquery:"v"`
	W      string     `bigquery:"w"`
}

// due is a row of the sheet.
type due struct {
	Day    civil.Date `bigquery:"day"`
	Who    string     `bigquery:"who"`
	Season string     `bigquery:"season"`
	Owes   bool       `bigquery:"owes"`
}

// fixture is a game of a team.
type fixture struct {
	Day    civil.Date `bigquery:"day"`
	Team   string     `bigquery:"team"`
	Season string     `bigquery:"season"`
}

// made says how a table of a world is made, of tables before it.
type made struct {
	kind                       string // copy, team, join, last, days, both, self, fore, feature
	of, with                   int
	last, days                 int
	including, counted, listed bool
	reset                      bool
	teams                      bool // listed are the games of teams
	drops                      bool // rows without a match, or with a window that is not whole
	earlier                    int  // days, 0 for all
	back                       int  // of a feature: the forecasts, which come later
}

// world is tables that are made from each other.
type world struct {
	raw    []record
	sheet  []due
	games  []fixture
	tables []made // the first is raw
	split  bool   // edges say which columns they carry
	own    bool   // windows say by themselves which rows there are
}

func day(n int) civil.Date { return civil.Date{Year: 2024, Month: 1, Day: 1}.AddDays(n) }

const days = 14

func drawWorld(t *rapid.T) *world {
	w := &world{split: rapid.Bool().Draw(t, "split"), own: rapid.Bool().Draw(t, "own")}
	people := rapid.IntRange(1, 3).Draw(t, "people")
	teams := make([]string, people)
	owesAll := rapid.Bool().Draw(t, "owesAll")
	for d := range days {
		season := "s1"
		if d >= 8 {
			season = "s2"
		}
		for p := range people {
			if teams[p] == "" || rapid.IntRange(0, 9).Draw(t, "trade") == 0 {
				teams[p] = rapid.SampledFrom([]string{"X", "Y"}).Draw(t, "team")
			}
			who := string(rune('a' + p))
			switch rapid.SampledFrom([]string{"played", "played", "played", "dnp", "null", "hole", "free"}).Draw(t, "row") {
			case "played":
				w.add(record{Day: day(d), Who: who, Team: teams[p], Season: season, Played: new(true)}, true)
			case "dnp":
				w.add(record{Day: day(d), Who: who, Team: teams[p], Season: season, Played: new(false)}, owesAll)
			case "null":
				w.add(record{Day: day(d), Who: who, Team: teams[p], Season: season}, true)
			case "hole":
				w.sheet = append(w.sheet, due{day(d), who, season, true})
			}
		}
	}
	w.schedule(t)
	w.tables = []made{{kind: "raw"}}
	personal := []int{0} // tables of people
	var ofTeams []int
	for range rapid.IntRange(1, 5).Draw(t, "tables") {
		m := made{kind: rapid.SampledFrom([]string{"copy", "team", "join", "window", "window", "window", "self", "fore"}).Draw(t, "kind")}
		m.of = rapid.SampledFrom(personal).Draw(t, "of")
		n := len(w.tables)
		switch m.kind {
		case "team":
			ofTeams = append(ofTeams, n)
		case "join":
			if len(ofTeams) == 0 {
				continue
			}
			m.with = rapid.SampledFrom(ofTeams).Draw(t, "with")
			m.drops = rapid.IntRange(0, 3).Draw(t, "drops") == 0
		case "window":
			m.draw(t)
			if len(ofTeams) > 0 && rapid.IntRange(0, 3).Draw(t, "teams") == 0 {
				m.of, m.counted, m.listed, m.teams = rapid.SampledFrom(ofTeams).Draw(t, "of"), false, false, false
				ofTeams = append(ofTeams, n)
				w.tables = append(w.tables, m)
				continue
			}
		case "self":
			m.earlier = rapid.IntRange(0, 4).Draw(t, "earlier")
		case "fore": // a feature sees the forecasts of dates before, which are made of it
			m.kind, m.back, m.earlier = "feature", n+1, rapid.IntRange(0, 4).Draw(t, "earlier")
			w.tables = append(w.tables, m, made{kind: "copy", of: n})
			personal = append(personal, n, n+1)
			continue
		}
		w.tables = append(w.tables, m)
		if m.kind != "team" {
			personal = append(personal, n)
		}
	}
	return w
}

// schedule draws the games: those that somebody has a row of, and some that nobody has.
func (w *world) schedule(t *rapid.T) {
	for d := range days {
		season := "s1"
		if d >= 8 {
			season = "s2"
		}
		for _, team := range []string{"X", "Y"} {
			there := slices.ContainsFunc(w.raw, func(r record) bool { return r.Day == day(d) && r.Team == team })
			if there || rapid.IntRange(0, 5).Draw(t, "game") == 0 {
				w.games = append(w.games, fixture{day(d), team, season})
			}
		}
	}
}

func (m *made) draw(t *rapid.T) {
	switch rapid.IntRange(0, 2).Draw(t, "reach") {
	case 0:
		m.last = rapid.IntRange(1, 4).Draw(t, "last")
	case 1:
		m.days = rapid.IntRange(1, 5).Draw(t, "days")
	default:
		m.last, m.days = rapid.IntRange(1, 4).Draw(t, "last"), rapid.IntRange(1, 5).Draw(t, "days")
	}
	m.including = rapid.IntRange(0, 3).Draw(t, "including") == 0
	m.counted = rapid.Bool().Draw(t, "counted")
	m.listed = rapid.Bool().Draw(t, "listed")
	m.teams = m.listed && rapid.Bool().Draw(t, "teams")
	m.reset = rapid.Bool().Draw(t, "reset")
	m.drops = rapid.IntRange(0, 3).Draw(t, "drops") == 0
}

func (w *world) add(r record, owes bool) {
	r.V = fmt.Sprintf("%s%d", r.Who, r.Day.Day)
	w.raw = append(w.raw, r)
	w.sheet = append(w.sheet, due{r.Day, r.Who, r.Season, owes})
}

// text is the world as a file of tables.
func (w *world) text() string {
	var b strings.Builder
	b.WriteString("d.sheet: {date: day, key: [day, who]}\nd.fixtures: {date: day, key: [day, team]}\n")
	for n, m := range w.tables {
		key := "who"
		if w.ofTeams(n) {
			key = "team"
		}
		fmt.Fprintf(&b, "d.t%d:\n  date: day\n  key: [day, %s]\n", n, key)
		if n == 0 {
			continue
		}
		b.WriteString("  from:\n")
		same := fmt.Sprintf("    d.t%d: {}\n", m.of)
		if w.split {
			same = fmt.Sprintf("    d.t%d: [{reads: [team, season, played]}, {reads: v, makes: v}, {reads: w, makes: w}]\n", m.of)
		}
		switch m.kind {
		case "copy":
			b.WriteString(same)
		case "team":
			if w.split {
				fmt.Fprintf(&b, "    d.t%d: [{on: team, reads: [team, season]}, {on: team, reads: v, makes: v}]\n", m.of)
			} else {
				fmt.Fprintf(&b, "    d.t%d: {on: team, reads: v}\n", m.of)
			}
		case "join": // whose w is another
			b.WriteString(strings.Replace(same, ", {reads: w, makes: w}", "", 1))
			makes := ", makes: w"
			if m.drops {
				makes = ""
			}
			fmt.Fprintf(&b, "    d.t%d: {on: team, reads: v%s}\n", m.with, makes)
		case "window":
			rest := "}}\n"
			if fmt.Fprintf(&b, "    d.t%d: ", m.of); !w.own && !w.ofTeams(m.of) {
				b.WriteString("[{reads: [team, season, played]}, ")
				rest = fmt.Sprintf(", points: d.t%d}}]\n", m.of)
			}
			if b.WriteString("{"); !m.drops {
				b.WriteString("makes: v, ")
			}
			b.WriteString("window: {value: v")
			for _, part := range []struct {
				is   bool
				text string
			}{
				{m.last > 0, fmt.Sprintf("last: %d", m.last)}, {m.days > 0, fmt.Sprintf("days: %d", m.days)},
				{m.including, "include_current: true"}, {m.counted, "counted: played"}, {m.reset, "reset: season"},
				{m.listed && !m.teams, "expected: {table: d.sheet, where: owes}"},
				{m.listed && m.teams, "expected: {table: d.fixtures, by: team}"},
			} {
				if part.is {
					b.WriteString(", " + part.text)
				}
			}
			b.WriteString(rest)
		case "self":
			b.WriteString(same)
			fmt.Fprintf(&b, "    d.t%d: {on: who, reads: w, makes: w, earlier: %s}\n", n, earlierText(m.earlier))
		case "feature":
			b.WriteString(same)
			fmt.Fprintf(&b, "    d.t%d: {on: who, reads: [v, w], makes: w, earlier: %s}\n", m.back, earlierText(m.earlier))
		}
	}
	return b.String()
}

func earlierText(n int) string {
	if n == 0 {
		return "all"
	}
	return fmt.Sprintf("%dd", n)
}

func (w *world) ofTeams(n int) bool {
	m := w.tables[n]
	return m.kind == "team" || m.kind == "window" && w.ofTeams(m.of)
}
