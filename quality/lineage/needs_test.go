package lineage_test

import (
	"fmt"
	"strings"
	"testing"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"
)

func TestNeedsAreTheDatesThatRowsReachBackTo(t *testing.T) {
	date := civil.Date{Year: 2026, Month: 1, Day: 10}
	for edge, want := range map[string][2]string{
		"{}":                  {"2026-01-10", "2026-01-10"},
		"{earlier: all}":      {"", "2026-01-09"},
		"{earlier: 3d}":       {"2026-01-07", "2026-01-09"},
		"{window: {days: 3}}": {"2026-01-07", "2026-01-09"},
		"{window: {days: 3, include_current: true}}":     {"2026-01-08", "2026-01-10"},
		"{window: {last: 3}}":                            {"", "2026-01-09"},
		"{window: {last: 3, history_from: 2025-10-01}}":  {"2025-10-01", "2026-01-09"},
		"{window: {last: 3, max_span: 20, max_age: 10}}": {"2025-12-11", "2026-01-09"},
		"[{}, {window: {days: 3}}]":                      {"2026-01-07", "2026-01-10"},
		"[{window: {last: 3}}, {window: {days: 3}}]":     {"", "2026-01-09"},
	} {
		t.Run(edge, func(t *testing.T) {
			g, err := read(t, tables("", "{d.a: "+edge+"}"))
			require.NoError(t, err)
			needs := g.Needs("d.b", date)
			require.Len(t, needs, 1)
			from := ""
			if needs[0].From.IsValid() {
				from = needs[0].From.String()
			}
			require.Equal(t, want, [2]string{from, needs[0].To.String()})
		})
	}
}

func TestNeedsGoOnUpstream(t *testing.T) {
	date := civil.Date{Year: 2026, Month: 1, Day: 10}
	const each = `{date: day, key: [day, x], from: %s}`
	for name, c := range map[string]struct{ a, b, c, want string }{
		"of what is needed":           {"{d.r: {earlier: 2d}}", "{d.a: {window: {days: 3}}}", "d.b", "d.b 2026-01-10..2026-01-10 d.a 2026-01-07..2026-01-09 d.r 2026-01-05..2026-01-08"},
		"on two ways":                 {"d.r", "{d.a: {earlier: 3d}}", "[d.a, d.b]", "d.a 2026-01-07..2026-01-10 d.b 2026-01-10..2026-01-10 d.r 2026-01-07..2026-01-10"},
		"all before":                  {"{d.r: {window: {last: 3}}}", "d.a", "d.b", "d.b 2026-01-10..2026-01-10 d.a 2026-01-10..2026-01-10 d.r 0000-00-00..2026-01-09"},
		"what is not looked at":       {"{d.r: {makes: p}}", "{d.a: {reads: q}}", "d.b", "d.b 2026-01-10..2026-01-10 d.a 2026-01-10..2026-01-10"},
		"not its own earlier rows":    {"d.r", "[d.a]", "{d.b: {}, d.c: {earlier: 3d}}", "d.b 2026-01-10..2026-01-10 d.a 2026-01-10..2026-01-10 d.r 2026-01-10..2026-01-10"},
		"of its own upstream":         {"{d.r: {}, d.a: {earlier: 3d}}", "d.a", "d.b", "d.b 2026-01-10..2026-01-10 d.a 0000-00-00..2026-01-10 d.r 0000-00-00..2026-01-10"},
		"of two tables in turns":      {"{d.r: {}, d.b: {earlier: 3d}}", "d.a", "d.b", "d.b 0000-00-00..2026-01-10 d.a 0000-00-00..2026-01-10 d.r 0000-00-00..2026-01-10"},
		"as far back as history goes": {"{d.r: {window: {last: 3, history_from: 2025-10-01}}}", "{d.a: {earlier: all}}", "d.b", "d.b 2026-01-10..2026-01-10 d.a 0000-00-00..2026-01-09 d.r 2025-10-01..2026-01-08"},
	} {
		t.Run(name, func(t *testing.T) {
			file := "d.r: {date: day, key: [day, x]}\nd.a: " + fmt.Sprintf(each, c.a) + "\nd.b: " + fmt.Sprintf(each, c.b) + "\nd.c: " + fmt.Sprintf(each, c.c) + "\n"
			g, err := read(t, file)
			require.NoError(t, err)
			var got []string
			for _, n := range g.Needs("d.c", date) {
				got = append(got, fmt.Sprintf("%s %s..%s", n.Table, n.From, n.To))
			}
			require.Equal(t, c.want, strings.Join(got, " "))
		})
	}
}
