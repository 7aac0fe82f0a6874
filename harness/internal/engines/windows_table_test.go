package engines_test

import (
	"cmp"
	"fmt"
	"math/big"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/enginetest"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
)

// schema is that of the rows, or of a table of keys whose entity is so called.
func (w *world) schema(entity string) expr.Schema {
	out := expr.Schema{{Name: "player", Type: expr.String}, {Name: "at", Type: w.unit}, {Name: "game", Type: expr.Int64}, {Name: "season", Type: expr.String}}
	if entity != "rows" {
		out[0].Name = entity
		return append(out, expr.Field{Name: "off", Type: expr.Bool}, expr.Field{Name: "due", Type: cmp.Or(w.due, expr.Timestamp)})
	}
	return append(out, expr.Schema{
		{Name: "team", Type: expr.String}, {Name: "took_part", Type: expr.Bool}, {Name: "f", Type: expr.Float64}, {Name: "g", Type: expr.Float64},
		{Name: "i", Type: expr.Int64}, {Name: "n", Type: expr.Numeric},
	}...)
}

// tables are the world as engines load it.
func (w *world) tables() []enginetest.Table {
	out := []enginetest.Table{{Name: "rows", Schema: w.schema("rows")}}
	for _, o := range w.rows {
		row := append(w.key(o, "p"), text("t", o.team), truth(o.counted), value(o.f), value(o.g), value(o.i), expr.Value{})
		if o.n != nil {
			row[len(row)-1] = must(expr.ParseValue(expr.Numeric, o.n.String()))
		}
		out[0].Rows = append(out[0].Rows, row)
	}
	keys := func(name, entity, prefix string, of []observation) {
		t := enginetest.Table{Name: name, Schema: w.schema(entity)}
		for _, o := range of {
			due := expr.Value{}
			switch {
			case o.due == 0:
			case w.due == expr.Date:
				due = must(expr.ValueOf(worldDate(int(o.due))))
			default:
				due = must(expr.ValueOf(time.UnixMicro(o.due * worldDay).UTC()))
			}
			t.Rows = append(t.Rows, append(w.key(o, prefix), truth(o.excused), due))
		}
		out = append(out, t)
	}
	if x := w.query.Expected; x != nil && x.Team != "" {
		keys("due", "club", "t", w.games)
	} else if x != nil {
		keys("due", "player", "p", w.games)
	}
	if w.query.Points != nil {
		keys("points", "player", "p", w.points)
	}
	return out
}

func (w *world) key(o observation, prefix string) []expr.Value {
	season := expr.Value{}
	if o.reset > 0 {
		season = text("s", o.reset)
	}
	return []expr.Value{text(prefix, o.entity), w.atValue(o.at), must(expr.ValueOf(o.order)), season}
}

func (w *world) atValue(at int64) expr.Value {
	switch w.unit {
	case expr.Date:
		return must(expr.ValueOf(civil.DateOf(time.Unix(at*86_400, 0).UTC())))
	case expr.DateTime:
		return must(expr.ValueOf(civil.DateTimeOf(time.UnixMicro(at).UTC())))
	}
	return must(expr.ValueOf(time.UnixMicro(at).UTC()))
}

func text(prefix string, n int) expr.Value {
	return must(expr.ValueOf(fmt.Sprintf("%s%02d", prefix, n)))
}

func truth(t rolling.Truth) expr.Value {
	if t == rolling.Unknown {
		return expr.Value{}
	}
	return must(expr.ValueOf(t == rolling.True))
}

func value[T any](v *T) expr.Value {
	if v == nil {
		return expr.Value{}
	}
	return must(expr.ValueOf(*v))
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// batch is the world as package rolling computes it.
func (w *world) batch() (*rolling.Batch, error) {
	q := &w.query
	b := &rolling.Batch{Rows: rolling.Rows{Keys: w.keys(w.rows, w.orders)}, Specs: q.Specs, Zone: q.Zone, Now: q.Now.UnixMicro()}
	var teams []int32
	var f, g []float64
	var ints []int64
	var numerics []rolling.Numeric
	valid := make([]rolling.Bitmap, 4)
	for c := range valid {
		valid[c] = rolling.NewBitmap(len(w.rows))
	}
	for i, o := range w.rows {
		b.Rows.Counted, teams = append(b.Rows.Counted, o.counted), append(teams, int32(o.team))
		f, g = add(f, o.f, valid[0], i), add(g, o.g, valid[1], i)
		ints, numerics = add(ints, o.i, valid[2], i), add(numerics, o.n, valid[3], i)
	}
	b.Columns = []rolling.Column{
		rolling.Float64s("f", f, valid[0]), rolling.Float64s("g", g, valid[1]), rolling.Int64s("i", ints, valid[2]), rolling.Numerics("n", numerics, valid[3]),
	}
	if x := q.Expected; x != nil {
		due := rolling.Expected{Keys: w.keys(w.games, w.orders && !w.gameless)}
		for _, o := range w.games {
			due.Excused, due.Due = append(due.Excused, o.excused == rolling.True), append(due.Due, w.dueAt(o))
		}
		if x.Team != "" {
			var err error
			if due, err = rolling.ByTeam(b.Rows, teams, due); err != nil {
				return nil, err
			}
		}
		b.Expected = &due
	}
	if q.Points != nil {
		points := w.keys(w.points, false)
		b.Points = &points
	}
	if q.HistoryFrom != (civil.Date{}) {
		from := int64(rolling.Day(q.HistoryFrom))
		if w.unit != expr.Date && q.Zone == nil {
			from *= worldDay
		}
		b.HistoryFrom = &from
	}
	return b, nil
}

// dueAt is when a key is due; a DATE is when it has ended.
func (w *world) dueAt(o observation) int64 {
	switch zone := w.query.Zone; {
	case o.due == 0 || w.due == "":
		return 0
	case w.due == expr.Timestamp:
		return o.due * worldDay
	case zone != nil:
		return rolling.DayBegins(int32(o.due)+1, zone)
	}
	return rolling.DayBegins(int32(o.due)+1, time.UTC)
}

func add[T any](to []T, v *T, valid rolling.Bitmap, i int) []T {
	var none T
	if v == nil {
		return append(to, none)
	}
	valid.Set(i)
	return append(to, *v)
}

func (w *world) keys(of []observation, orders bool) rolling.Keys {
	k := rolling.Keys{}
	entity, days, micros := []int32{}, []int32{}, []int64{}
	for _, o := range of {
		entity, days, micros = append(entity, int32(o.entity)), append(days, int32(o.at)), append(micros, o.at)
		if orders {
			k.Order = append(k.Order, o.order)
		}
		if w.resets {
			k.Reset = append(k.Reset, int32(o.reset)-1)
		}
	}
	k.Entity, k.At = rolling.Coded(entity), rolling.Dates(days)
	switch w.unit {
	case expr.Timestamp:
		k.At = rolling.Timestamps(micros)
	case expr.DateTime:
		k.At = rolling.Datetimes(micros)
	}
	return k
}

// rat is a number of a result.
func rat(v any) *big.Rat {
	switch v := v.(type) {
	case int64:
		return new(big.Rat).SetInt64(v)
	case float64:
		return new(big.Rat).SetFloat64(v)
	case *big.Rat:
		return v
	}
	return nil
}
