package lineage_test

import (
	"testing"

	"github.com/intactdata/intact/quality/lineage"
)

// Whatever a file of tables says, it is a graph that has an order, or a mistake.
func FuzzRead(f *testing.F) {
	f.Add(tables("", "{d.a: {on: who, makes: x}, d.b: {earlier: 3d}}"))
	f.Add(tables("d.b", "{d.a: [{}, {window: {last: 3, days: [7, 30], counted: x > 0, expected: {table: d.a, map: {who: [a, b]}}}}]}"))
	f.Add(formOfGames)
	f.Fuzz(func(t *testing.T, text string) {
		g, err := lineage.Read("tables.yaml", func(string) ([]byte, error) { return []byte(text), nil })
		if err != nil {
			return
		}
		steps, err := g.Order()
		if err != nil {
			t.Fatalf("a graph without an order was read: %v", err)
		}
		n := 0
		for _, s := range steps {
			n += len(s.Tables)
		}
		if n != len(g.Tables) {
			t.Fatalf("%d of %d tables have a place", n, len(g.Tables))
		}
	})
}
