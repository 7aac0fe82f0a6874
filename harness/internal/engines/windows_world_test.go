package engines_test

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
	"github.com/intactdata/intact/rolling/rollingsql"
)

// A world is a table of rows, one of what was due and one of points, all drawn at
// random, and windows over them.
type world struct {
	seed uint64
	r    *rand.Rand

	begin    int // its first day
	unit     expr.Type
	resets   bool
	orders   bool
	gameless bool      // games that know no order
	due      expr.Type // of the column that says when keys are due; "" is none

	rows   []observation
	games  []observation // expected keys, or of teams
	points []observation
	query  rollingsql.Query
}

// An observation is a row of any of the tables.
type observation struct {
	entity, team int
	at           int64 // days or microseconds
	order        int64
	reset        int // 0 is NULL
	counted      rolling.Truth
	excused      rolling.Truth // whether it owes no row; FALSE if unknown
	due          int64         // a day; 0 is NULL
	f, g         *float64
	i            *int64
	n            *rolling.Numeric
}

func (w *world) chance(percent int) bool { return w.r.IntN(100) < percent }

const (
	worldDay  = 24 * 60 * 60 * 1_000_000
	worldDays = 18
)

// The zones of worlds, with the days around which their clocks jump: on to summer, and
// back over midnight, so that a minute of the next day comes before the end of this one.
var worldZones = []struct {
	name  string
	begin civil.Date
}{
	{"America/New_York", civil.Date{Year: 2024, Month: time.March, Day: 8}},
	{"America/St_Johns", civil.Date{Year: 2010, Month: time.November, Day: 1}},
	{"UTC", civil.Date{Year: 2024, Month: time.March, Day: 8}},
}

func newWorld(seed uint64, entities int) *world {
	w := &world{seed: seed, r: rand.New(rand.NewPCG(seed, 3)), unit: expr.Date}
	w.unit = []expr.Type{expr.Date, expr.Date, expr.Timestamp, expr.Timestamp, expr.DateTime}[w.r.IntN(5)]
	w.resets, w.orders, w.due = w.chance(50), w.chance(35), []expr.Type{"", expr.Timestamp, expr.Date}[w.r.IntN(3)]
	q := &w.query
	where := worldZones[w.r.IntN(len(worldZones))]
	w.begin = int(rolling.Day(where.begin))
	if w.chance(60) {
		zone, err := time.LoadLocation(where.name)
		if err != nil {
			panic(err)
		}
		q.Zone = zone
	}
	keys := rollingsql.Keys{Entity: []string{"player"}, At: "at"}
	if w.resets {
		keys.Reset = "season"
	}
	q.Points = nil
	if w.chance(40) {
		q.Points = &rollingsql.Source{Table: "test.points", Schema: w.schema("player"), Keys: keys}
	}
	if w.orders {
		keys.Order = []string{"game"}
	}
	q.Rows = rollingsql.Source{Table: "test.rows", Schema: w.schema("rows"), Keys: keys}
	q.Counted, q.Now = expr.Col("took_part"), time.UnixMicro(int64(w.begin+12)*worldDay).UTC() // some keys are due later
	switch w.r.IntN(4) {
	case 0:
	case 1:
		w.gameless = w.orders && w.chance(50)
		games := keys
		games.Entity = []string{"club"}
		if w.gameless {
			games.Order = nil
		}
		q.Expected = &rollingsql.Expected{Source: rollingsql.Source{Table: "test.due", Schema: w.schema("club"), Keys: games}, Team: "team"}
	default:
		q.Expected = &rollingsql.Expected{Source: rollingsql.Source{Table: "test.due", Schema: w.schema("player"), Keys: keys}}
	}
	if x := q.Expected; x != nil {
		x.Where = expr.Col("off").Not()
		if w.due != "" {
			x.Due = "due"
		}
	}
	if w.chance(20) {
		q.HistoryFrom = worldDate(w.begin - 2 + w.r.IntN(10))
	}
	if w.chance(40) {
		from := w.begin + w.r.IntN(worldDays)
		q.From, q.To = worldDate(from), worldDate(from+w.r.IntN(5))
		if w.chance(20) {
			q.From = civil.Date{}
		}
	}
	for e := range entities {
		w.history(e)
	}
	w.teamGames()
	for range 4 * entities * btoi(q.Points != nil) {
		w.points = append(w.points, observation{entity: w.r.IntN(entities + 2), at: w.time(int64(w.r.IntN(worldDays + 4))), reset: 1 + w.r.IntN(3)})
	}
	w.r.Shuffle(len(w.rows), func(i, j int) { w.rows[i], w.rows[j] = w.rows[j], w.rows[i] })
	w.specs()
	return w
}

func worldDate(day int) civil.Date { return civil.DateOf(time.Unix(int64(day)*86_400, 0).UTC()) }

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (w *world) time(day int64) int64 {
	day += int64(w.begin)
	if w.unit == expr.Date {
		return day
	}
	minutes := []int64{0, 2*60 + 30, 3 * 60, 5 * 60, 12 * 60, 23 * 60}
	return day*worldDay + minutes[w.r.IntN(len(minutes))]*worldDay/(24*60) + w.r.Int64N(2)*30_000_000
}

// history draws the rows of a player, and what was due of them.
func (w *world) history(e int) {
	plain := w.chance(25)
	team := w.r.IntN(3)
	style := w.r.IntN(3)
	byTeam := w.query.Expected != nil && w.query.Expected.Team != ""
	for day := int64(0); day < worldDays; day++ {
		if w.chance(4) {
			team = w.r.IntN(3) // a trade
		}
		if !plain && w.chance(15) {
			continue // no game
		}
		for game := range int64(1 + btoi(w.chance(15))*btoi(w.orders || w.unit != expr.Date)) {
			o := observation{entity: e, team: team, at: w.time(day), order: game, reset: 1 + int(day/7)}
			if !w.orders {
				o.order = 0
			}
			if w.resets && w.chance(4) {
				o.reset = 1 + w.r.IntN(3)
			}
			expected := o
			if w.resets && !plain && w.chance(3) {
				expected.reset = 1 + w.r.IntN(3)
			}
			expected.excused = []rolling.Truth{rolling.False, rolling.True, rolling.Unknown}[max(0, w.r.IntN(12)-9)]
			if w.due != "" && w.chance(80) {
				expected.due = int64(w.begin) + day
			}
			if !byTeam && w.query.Expected != nil && w.chance(92) && !slices.ContainsFunc(w.games, func(g observation) bool { return g.entity == e && g.at == o.at && g.order == o.order }) {
				w.games = append(w.games, expected)
			}
			if !plain && w.chance(10+10*btoi(day > 11)) || w.chance(1) {
				continue // a hole
			}
			for copies := 1 + btoi(!plain && w.chance(2)); copies > 0; copies-- {
				w.rows = append(w.rows, w.row(o, style, plain))
				o.team = (o.team + w.r.IntN(2)) % 3
			}
		}
	}
}

func (w *world) row(o observation, style int, plain bool) observation {
	o.counted = rolling.True
	if !plain {
		switch p := w.r.IntN(100); {
		case p < 15:
			o.counted = rolling.False
		case p < 17:
			o.counted = rolling.Unknown
		case p < 19 && w.resets:
			o.reset = 0
		}
	}
	if !w.chance(4) {
		f := []float64{float64(w.r.IntN(40)), w.r.Float64() * 40, w.r.NormFloat64() * math.Pow(10, float64(w.r.IntN(19)-9))}[style]
		if w.chance(2) {
			f = []float64{1e16, -1e16, math.Inf(1), math.Inf(-1), 1e200}[w.r.IntN(5)]
		}
		o.f = &f
	}
	if !w.chance(4) {
		g := float64(w.r.IntN(4))
		if style == 1 {
			g = w.r.Float64()
		}
		o.g = &g
	}
	if !w.chance(4) {
		i := int64(w.r.Uint64()) >> w.r.IntN(64)
		o.i = &i
	}
	if !w.chance(4) {
		billionths := big.NewInt(int64(w.r.Uint64()) >> w.r.IntN(64))
		if w.chance(30) {
			billionths.Mul(billionths, big.NewInt(w.r.Int64N(1<<60)))
		}
		n, err := rolling.ParseNumeric(new(big.Rat).SetFrac(billionths, big.NewInt(1e9)).FloatString(9))
		if err != nil {
			panic(err)
		}
		o.n = &n
	}
	return o
}

// teamGames draws the games of teams: those that rows are of, but for some, and others
// that are lost or that nobody was to be at.
func (w *world) teamGames() {
	if w.query.Expected == nil || w.query.Expected.Team == "" {
		return
	}
	for _, o := range w.rows {
		if w.chance(90) && o.reset > 0 {
			w.game(o, o.at)
		}
	}
	for range 6 {
		w.game(observation{team: w.r.IntN(4), reset: 1 + w.r.IntN(3), order: int64(w.r.IntN(2)) * int64(btoi(w.orders))}, w.time(int64(w.r.IntN(worldDays))))
	}
}

func (w *world) game(o observation, at int64) {
	g := observation{entity: o.team, at: at, order: o.order, reset: o.reset, excused: []rolling.Truth{rolling.False, rolling.True}[btoi(w.chance(10))]}
	if w.gameless {
		g.order = 0
	}
	if w.due != "" {
		g.due = int64(w.begin + w.r.IntN(worldDays))
	}
	listed := slices.IndexFunc(w.games, func(o observation) bool { return o.entity == g.entity && o.at == g.at && o.order == g.order })
	if listed >= 0 {
		g.reset = w.games[listed].reset // of a game that is listed twice
	}
	if listed < 0 || w.chance(5) {
		w.games = append(w.games, g)
	}
}

// specs draws a score of windows.
func (w *world) specs() {
	kinds := []string{"avg", "avg", "sum", "count", "min", "max", "stddev_pop", "stddev_samp", "ratio"}
	only := w.r.IntN(4) // some over rows alone, or days
	for len(w.query.Specs) < 12 {
		column := []string{"f", "f", "g", "i", "n"}[w.r.IntN(5)]
		kind := kinds[w.r.IntN(len(kinds))]
		statistic := map[string]rolling.Statistic{
			"avg": rolling.Mean(column), "sum": rolling.Sum(column), "count": rolling.Count(column), "min": rolling.Min(column),
			"max": rolling.Max(column), "stddev_pop": rolling.StddevPop(column), "stddev_samp": rolling.StddevSamp(column),
			"ratio": rolling.RatioOfSums([]string{"i", "n", "f"}[w.r.IntN(3)], "g"),
		}[kind]
		over := rolling.Last(1 + w.r.IntN(5))
		if only == 1 || only > 1 && w.chance(50) {
			over = rolling.Days(1 + w.r.IntN(6))
		}
		var options []rolling.Option
		if w.chance(30) {
			options = append(options, rolling.Including())
		}
		if w.chance(15) {
			options = append(options, rolling.MaxSpan(1+w.r.IntN(6)))
		}
		if w.chance(15) {
			options = append(options, rolling.MaxAge(1+w.r.IntN(3)))
		}
		spec, err := rolling.New(statistic, over, append(options, rolling.Named(fmt.Sprintf("w%d", len(w.query.Specs))))...)
		if err == nil {
			w.query.Specs = append(w.query.Specs, spec)
		}
	}
}

// asked reports whether the point is in the days that are asked for.
func (w *world) asked(o observation) bool {
	begin := func(day int32) int64 {
		switch {
		case w.unit == expr.Date:
			return int64(day)
		case w.unit == expr.Timestamp && w.query.Zone != nil:
			return rolling.DayBegins(day, w.query.Zone)
		}
		return int64(day) * worldDay
	}
	q := &w.query
	return (q.From == civil.Date{} || o.at >= begin(rolling.Day(q.From))) && (q.To == civil.Date{} || o.at < begin(rolling.Day(q.To)+1))
}
