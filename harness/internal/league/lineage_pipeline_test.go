package league_test

import (
	"cmp"
	"context"
	"fmt"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/internal/league"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/lineage"
	"github.com/intactdata/intact/quality/rows"
	"github.com/intactdata/intact/quality/suitefile/form"
	"github.com/intactdata/intact/rolling"
	"github.com/intactdata/intact/rolling/panel"
)

// The pipeline, as its file of tables says it.
const tables = `
d.sheet: {date: game_date, key: [game_date, player_lookup]}
d.raw:
  date: game_date
  key: [game_date, player_lookup]
  expected: {table: d.sheet, where: "status IN ('played', 'dnp')"}
d.team_offense:
  date: game_date
  key: [game_date, team]
  from:
    d.raw:
      - {on: [game_id, team]}
      - {on: game_id, makes: [win_flag, pace]}
d.player_game:
  date: game_date
  key: [game_date, player_lookup]
  from:
    d.raw: {}
    d.team_offense: {on: [game_id, team], reads: [minutes, field_goal_attempts, free_throw_attempts, turnovers], makes: usage_rate}
d.player_form:
  date: game_date
  key: [game_date, player_lookup]
  from:
    d.player_game:
      window:
        value: points
        last: 10
        reset: season
        counted: is_dnp IS NOT TRUE AND minutes_played > 0
        expected: {table: d.sheet, where: status = 'played'}
d.player_week:
  date: game_date
  key: [game_date, player_lookup]
  from:
    d.player_game:
      window:
        value: points
        days: 7
        reset: season
        counted: is_dnp IS NOT TRUE AND minutes_played > 0
        expected: {table: d.sheet, where: status != 'inactive'}
d.team_form:
  date: game_date
  key: [game_date, team]
  from:
    d.team_offense: {window: {value: pace, last: 5}}
d.player_trend:
  date: game_date
  key: [game_date, player_lookup]
  from:
    d.player_form: {window: {value: value, last: 3, reset: season}}
d.features:
  date: game_date
  key: [game_date, player_lookup]
  from:
    d.player_game: {reads: team}
    d.player_form: {reads: value, makes: form}
    d.player_week: {reads: value, makes: week}
    d.player_trend: {reads: value, makes: trend}
    d.team_form: {on: team, makes: team_pace}
    d.predictions: {on: player_lookup, makes: bias, earlier: 30d}
d.predictions:
  date: game_date
  key: [game_date, player_lookup]
  from: d.features
`

// average is a row of a table of averages, of players or of teams.
type average struct {
	GameDate     civil.Date `bigquery:"game_date"`
	PlayerLookup string     `bigquery:"player_lookup"`
	Team         string     `bigquery:"team"`
	Season       string     `bigquery:"season"`
	Value        *float64   `bigquery:"value"`
	Why          string     `bigquery:"why"`
}

// feature is a row of features, and of predictions.
type feature struct {
	GameDate     civil.Date `bigquery:"game_date"`
	PlayerLookup string     `bigquery:"player_lookup"`
	Team         string     `bigquery:"team"`
	Form         *float64   `bigquery:"form"`
	Week         *float64   `bigquery:"week"`
	Trend        *float64   `bigquery:"trend"`
	TeamPace     *float64   `bigquery:"team_pace"`
	Bias         float64    `bigquery:"bias"`
}

// state is all tables.
type state struct {
	raw                         []league.PlayerGame
	lines                       []league.Line
	sheet                       []league.SheetRow
	offense                     []league.TeamGame
	players                     []league.PlayerGame
	form, week, teamForm, trend []average
	features                    []feature
	predictions                 []feature // of which Bias is what is predicted
	err                         error
}

// steps make each table of the others as they are.
var steps = map[string]func(*state){
	"d.team_offense": func(s *state) { s.offense = league.TeamOffense(s.lines) },
	"d.player_game":  func(s *state) { s.players = league.PlayerGames(s.lines, s.offense) },
	"d.player_form":  func(s *state) { s.form = s.windows("last: 10", "status = 'played'") },
	"d.player_week":  func(s *state) { s.week = s.windows("days: 7", "status != 'inactive'") },
	"d.team_form": func(s *state) {
		byTeam := map[string][]float64{}
		s.teamForm = nil
		for _, t := range s.offense {
			s.teamForm = append(s.teamForm, average{GameDate: t.GameDate, Team: t.Team, Season: t.Season, Value: mean(byTeam[t.Team], 5)})
			byTeam[t.Team] = append(byTeam[t.Team], t.Pace)
		}
	},
	"d.player_trend": func(s *state) {
		before := map[string][]*average{}
		s.trend = nil
		for i, f := range s.form {
			key := f.PlayerLookup + f.Season
			var some []float64
			for _, o := range before[key][max(0, len(before[key])-3):] {
				if o.Value != nil {
					some = append(some, *o.Value)
				}
			}
			s.trend = append(s.trend, average{GameDate: f.GameDate, PlayerLookup: f.PlayerLookup, Season: f.Season, Value: mean(some, 3), Why: fmt.Sprint(len(some))})
			before[key] = append(before[key], &s.form[i])
		}
	},
}

// mean is that of the newest n, nil of none.
func mean(of []float64, n int) *float64 {
	of = of[max(0, len(of)-n):]
	if len(of) == 0 {
		return nil
	}
	var sum float64
	for _, v := range of {
		sum += v
	}
	return new(sum / float64(len(of)))
}

// windows are averages of points, as Intact computes them.
func (s *state) windows(over, due string) []average {
	var spec panel.Spec
	var asked panel.Windows
	keys := append(spec.Keys(), asked.Keys()...)
	keys = append(keys, form.Key{Name: "where", Form: form.Map(spec.Expected.Keys()...)})
	text := "{entity: player_lookup, at: game_date, reset: season, counted: is_dnp IS NOT TRUE AND minutes_played > 0, value: points, " + over + ", where: {where: \"" + due + "\"}}"
	s.fail(form.Read("spec", "spec", []byte(text), func() form.Form { return form.Map(keys...) }))
	s.fail(spec.Ask(asked))
	players, err := rows.Of(s.players)
	s.fail(err)
	sheet, err := rows.Of(s.sheet)
	s.fail(err)
	if s.err != nil {
		return nil
	}
	loaded, err := panel.Load(context.Background(), spec, panel.Tables{Rows: panel.Table{Name: "players", Source: players}, Expected: panel.Table{Name: "sheet", Source: sheet}}, time.Time{})
	s.fail(err)
	if err != nil {
		return nil
	}
	answers, err := loaded.Compute()
	s.fail(err)
	if err != nil {
		return nil
	}
	var out []average
	for i, p := range s.players {
		a := average{GameDate: p.GameDate, PlayerLookup: p.PlayerLookup, Season: p.Season}
		value, why := answers.Windows(0).Float64(i)
		if a.Why = why.String(); why == rolling.Whole {
			a.Value = &value
		}
		out = append(out, a)
	}
	return out
}

func (s *state) fail(err error) { s.err = cmp.Or(s.err, err) }

// key is whose row it is, and when.
type key struct {
	day civil.Date
	of  string
}

func byKey[T any](rows []T, of func(T) key) map[key]T {
	out := make(map[key]T, len(rows))
	for _, r := range rows {
		out[of(r)] = r
	}
	return out
}

func ofLine(l league.PlayerGame) key { return key{l.GameDate, l.PlayerLookup} }
func ofTeam(t league.TeamGame) key   { return key{t.GameDate, t.Team} }
func ofAverage(a average) key        { return key{a.GameDate, a.PlayerLookup + a.Team} }
func ofFeature(f feature) key        { return key{f.GameDate, f.PlayerLookup} }

// daily are features and predictions, which are made date by date of each other.
func (s *state) daily(only func(key, string) bool) {
	form, week, trend := byKey(s.form, ofAverage), byKey(s.week, ofAverage), byKey(s.trend, ofAverage)
	teams := byKey(s.teamForm, ofAverage)
	features, predictions := byKey(s.features, ofFeature), map[string][]feature{}
	kept := byKey(s.predictions, ofFeature)
	s.features, s.predictions = nil, nil
	for _, p := range s.players { // in the order of dates, nobody twice on one
		k := ofLine(p)
		f, there := features[k]
		if only == nil || only(k, "d.features") {
			f, there = feature{GameDate: p.GameDate, PlayerLookup: p.PlayerLookup, Team: p.Team,
				Form: form[k].Value, Week: week[k].Value, Trend: trend[k].Value, TeamPace: teams[key{k.day, p.Team}].Value}, true
			var some []float64
			for _, o := range predictions[p.PlayerLookup] {
				if p.GameDate.DaysSince(o.GameDate) <= 30 {
					some = append(some, o.Bias)
				}
			}
			if m := mean(some, len(some)); m != nil {
				f.Bias = *m
			}
		}
		guess, guessed := kept[k]
		if only == nil || only(k, "d.predictions") {
			guess, guessed = f, there
			guess.Bias = f.Bias / 2
			for i, v := range []*float64{f.Form, f.Week, f.Trend, f.TeamPace} {
				if v != nil {
					guess.Bias += *v / float64(i+2)
				}
			}
		}
		if there {
			s.features = append(s.features, f)
		}
		if guessed {
			s.predictions = append(s.predictions, guess)
			predictions[p.PlayerLookup] = append(predictions[p.PlayerLookup], guess)
		}
	}
}

var order = []string{"d.team_offense", "d.player_game", "d.player_form", "d.player_week", "d.team_form", "d.player_trend"}

// built is all tables of some lines.
func built(t *testing.T, l *league.League, lines []league.Line) *state {
	t.Helper()
	s := &state{lines: lines, raw: league.PlayerGames(lines, nil), sheet: l.Sheet}
	for _, name := range order {
		steps[name](s)
	}
	s.daily(nil)
	require.NoError(t, s.err)
	return s
}

// all are the rows of each table by their keys.
func (s *state) all() map[string]map[key]any {
	out := map[string]map[key]any{}
	take(out, "d.raw", s.raw, ofLine)
	take(out, "d.team_offense", s.offense, ofTeam)
	take(out, "d.player_game", s.players, ofLine)
	take(out, "d.player_form", s.form, ofAverage)
	take(out, "d.player_week", s.week, ofAverage)
	take(out, "d.team_form", s.teamForm, ofAverage)
	take(out, "d.player_trend", s.trend, ofAverage)
	take(out, "d.features", s.features, ofFeature)
	take(out, "d.predictions", s.predictions, ofFeature)
	return out
}

func take[T any](out map[string]map[key]any, name string, rows []T, of func(T) key) {
	out[name] = map[key]any{}
	for _, r := range rows {
		out[name][of(r)] = r
	}
}

// Schema and Read give the tables out, as they are.
func (s *state) Schema(ctx context.Context, table string) (expr.Schema, error) {
	src, err := s.source(table)
	if err != nil {
		return nil, err
	}
	return src.Schema(ctx)
}

func (s *state) Read(_ context.Context, r lineage.Reading) (expr.Source, error) {
	return s.source(r.Table)
}

func (s *state) source(table string) (expr.Source, error) {
	switch table {
	case "d.sheet":
		return rows.Of(s.sheet)
	case "d.raw":
		return rows.Of(s.raw)
	case "d.team_offense":
		return rows.Of(s.offense)
	case "d.player_game":
		return rows.Of(s.players)
	case "d.player_form":
		return rows.Of(s.form)
	case "d.player_week":
		return rows.Of(s.week)
	case "d.team_form":
		return rows.Of(s.teamForm)
	case "d.player_trend":
		return rows.Of(s.trend)
	case "d.features":
		return rows.Of(s.features)
	case "d.predictions":
		return rows.Of(s.predictions)
	}
	return nil, fmt.Errorf("there is no table %s", table)
}
