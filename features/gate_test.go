package features_test

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/features"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

var now = time.Date(2026, 1, 6, 12, 0, 0, 0, time.UTC)

const store = "nba.store"

// game is a row of a feature store.
type game struct {
	Player  string     `bigquery:"player"`
	Day     civil.Date `bigquery:"game_date"`
	Season  string     `bigquery:"season"`
	Points  *int64     `bigquery:"points"`
	Usage   *float64   `bigquery:"usage_rate"`
	Fatigue *float64   `bigquery:"fatigue"`
}

func ptr[T any](x T) *T { return &x }

// games are 20 in each of two months, of one season, whole.
func games() []game {
	var out []game
	for i := range 40 {
		out = append(out, game{
			Player: fmt.Sprintf("p%02d", i%20), Day: civil.Date{Year: 2025, Month: time.Month(11 + i/20), Day: 1 + i%20}, Season: "2025-26",
			Points: ptr(int64(i)), Usage: ptr(float64(i) + 0.5), Fatigue: ptr(float64(i % 7)),
		})
	}
	return out
}

func set() features.Set {
	return features.Set{
		Suite: quality.Suite{Name: "points_v1", Table: store, Date: "game_date", RowsAtFault: new(int)},
		Key:   []string{"player", "game_date"}, By: []string{"season"}, Label: "points",
		Rows: []quality.Bound{quality.AtLeast(quality.Count(30))},
		Features: []features.Feature{
			{Name: "usage_rate", Populated: []quality.Bound{quality.AtLeast(quality.Percent(95))}},
			{Name: "fatigue", Defaults: []expr.Value{value(50)}, AtMost: []quality.Bound{quality.AtMost(quality.Percent(10))}},
		},
	}
}

func value(x any) expr.Value {
	v, err := expr.ValueOf(x)
	if err != nil {
		panic(err)
	}
	return v
}

func engineOf(t *testing.T, of []game) quality.Engine {
	t.Helper()
	src, err := rows.Of(of)
	require.NoError(t, err)
	return rows.NewEngine(map[string]expr.Source{store: src})
}

func open(t *testing.T, s features.Set, of []game) (*features.Certificate, error) {
	t.Helper()
	return features.Gate{Set: s, Now: now}.Open(t.Context(), engineOf(t, of))
}

func TestAGateOpensOnWholeRows(t *testing.T) {
	c, err := open(t, set(), games())
	require.NoError(t, err)
	assert.Equal(t, int64(40), c.Rows())
	assert.Len(t, c.Entries(), 3*2, "the label and two features in two months")
	for _, e := range c.Entries() {
		assert.Equal(t, int64(20), e.Rows)
		assert.Equal(t, int64(20), e.Populated)
	}
}

func TestAGateIsClosedByOneFeature(t *testing.T) {
	of := games()
	for i := range 3 {
		of[i].Usage = nil
	}
	_, err := open(t, set(), of)
	var closed *features.ClosedError
	require.ErrorAs(t, err, &closed)
	assert.ErrorContains(t, err, "usage_rate populated: fail: season=2025-26: 37 of 40 rows where POPULATED(points) (92.5%), not at_least 95%: 1 row short")
	require.Len(t, closed.Losses.Features, 1)
	assert.Equal(t, features.FeatureLosses{Feature: "usage_rate", Rows: 3, Rules: []features.RuleLosses{{"populated", 3}}}, closed.Losses.Features[0])
}

// Five rows have a default, of which two have no usage rate either.
func TestTheMostHarmfulFeatureComesFirst(t *testing.T) {
	of := games()
	for i := range 5 {
		of[i].Fatigue = ptr(50.0)
	}
	of[0].Usage, of[1].Usage, of[39].Points = nil, nil, nil
	_, err := open(t, set(), of)
	var closed *features.ClosedError
	require.ErrorAs(t, err, &closed)
	l := closed.Losses
	assert.Equal(t, int64(39), l.Labelled)
	assert.Equal(t, int64(5), l.AnyDefault)
	require.Len(t, l.Features, 2)
	assert.Equal(t, "fatigue", l.Features[0].Feature)
	assert.Equal(t, int64(5), l.Features[0].Rows)
	assert.Equal(t, "usage_rate", l.Features[1].Feature)
}

func TestWhatNeverOpensTheGate(t *testing.T) {
	for name, c := range map[string]struct {
		set  func(*features.Set)
		rows func([]game) []game
		says string
	}{
		"an unknown column":      {set: func(s *features.Set) { s.Features[0].Column = "usage" }, says: `usage`},
		"a label that is absent": {set: func(s *features.Set) { s.Label = "score" }, says: `score`},
		"a wrong type":           {set: func(s *features.Set) { s.Features[0].Low, s.Features[0].High = value("a"), value("b") }, says: "usage_rate"},
		"an empty table":         {rows: func([]game) []game { return []game{} }, says: "no row in scope"},
		"no row that is eligible": {
			set: func(s *features.Set) { s.Where = expr.Col("usage_rate").Gt(1000) }, says: "nothing to judge",
		},
		"a label that is always NULL": {rows: func(of []game) []game {
			for i := range of {
				of[i].Points = nil
			}
			return of
		}, says: "rows: fail: season=2025-26: 0 rows where POPULATED(points), not at_least 30"},
		"a segment without rows": {set: func(s *features.Set) { s.Expect = [][]any{{"2024-25"}, {"2025-26"}} }, says: "season=2024-25: "},
		"a key twice":            {rows: func(of []game) []game { return append(of, of[0]) }, says: "key: fail"},
		"no required feature":    {set: func(s *features.Set) { s.Features[0].Optional, s.Features[1].Optional = true, true }, says: "no required feature"},
		"no feature":             {set: func(s *features.Set) { s.Features = nil }, says: "no feature"},
		"the label as a feature": {set: func(s *features.Set) { s.Features[0].Column = "points" }, says: "is the label"},
	} {
		t.Run(name, func(t *testing.T) {
			s, of := set(), games()
			if c.set != nil {
				c.set(&s)
			}
			if c.rows != nil {
				of = c.rows(of)
			}
			cert, err := open(t, s, of)
			require.Error(t, err)
			assert.Nil(t, cert)
			assert.ErrorContains(t, err, c.says)
		})
	}
}

// A value that means none is none, whatever it would do to the others.
func TestValuesThatMeanNoneAreNotJudged(t *testing.T) {
	some := func(usage, missing float64) []game {
		of := games()
		for i := range of {
			of[i].Usage = ptr(usage + float64(i)/100)
		}
		of[3].Usage = ptr(missing)
		return of
	}
	for name, c := range map[string]struct {
		set  func(*features.Set)
		rows []game
		says string // "" where the gate opens
	}{
		"out of its range": {func(s *features.Set) { s.Features[0].Low, s.Features[0].High = value(0), value(60) }, some(20, -1), ""},
		"a spread": {func(s *features.Set) {
			s.Features[0].Spread = []quality.Bound{quality.AtLeast(quality.Count(5))}
		}, some(20, -1), "usage_rate spread: fail"},
		"a mean": {func(s *features.Set) {
			served(s)
			s.Served.Populated = []quality.Bound{quality.ChangeByPoints(100)}
			s.Served.Mean = []quality.Bound{quality.ChangeBy(quality.Percent(1))}
		}, some(20, -1), ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := set()
			s.Features[0].Missing = []expr.Value{value(-1)}
			c.set(&s)
			trained, err := rows.Of(c.rows)
			require.NoError(t, err)
			serving := some(20, -1)
			for i := range 9 {
				serving[i].Usage = ptr(-1.0) // of which the mean would be another one
			}
			there, err := rows.Of(serving)
			require.NoError(t, err)
			_, err = features.Gate{Set: s, Now: now}.Open(t.Context(), rows.NewEngine(map[string]expr.Source{store: trained, "nba.serving": there}))
			if c.says == "" {
				assert.NoError(t, err)
				return
			}
			assert.ErrorContains(t, err, c.says)
		})
	}
}

// What an optional feature is asked and fails is a warning. What cannot be told of it is
// unknown as of any other.
func TestAnOptionalFeatureWarns(t *testing.T) {
	none := func(of []game) []game {
		for i := range of {
			of[i].Usage = nil
		}
		return of
	}
	for name, c := range map[string]struct {
		set  func(*features.Feature)
		rows []game
		says string // "" where the gate opens
	}{
		"never populated": {func(*features.Feature) {}, none(games()), ""},
		"out of range":    {func(f *features.Feature) { f.High = value(20) }, games(), ""},
		"no value to judge": {func(f *features.Feature) { f.Low, f.High = value(0), value(60) }, none(games()),
			"usage_rate range: unknown"},
		"no such column": {func(f *features.Feature) { f.Column = "usage" }, games(), `there is no column "usage"`},
	} {
		t.Run(name, func(t *testing.T) {
			s := set()
			s.Features[0].Optional = true
			c.set(&s.Features[0])
			cert, err := open(t, s, c.rows)
			if c.says == "" {
				require.NoError(t, err)
				return
			}
			assert.Nil(t, cert)
			assert.ErrorContains(t, err, c.says)
		})
	}
}

func TestACertificateKnowsEveryAlteredRow(t *testing.T) {
	before, err := open(t, set(), games())
	require.NoError(t, err)
	data, err := before.Encode(nil)
	require.NoError(t, err)
	for name, c := range map[string]struct {
		alter func([]game) []game
		want  []string
	}{
		"nothing": {func(of []game) []game { return of }, nil},
		"one cell": {func(of []game) []game { of[25].Usage = ptr(1.25); return of }, []string{
			"usage_rate season=2025-26 month=2025-12-01: 20 of 20 rows populated, was 20 of 20 rows populated, with another checksum"}},
		"a lost cell": {func(of []game) []game { of[3].Fatigue = nil; return of }, []string{
			"fatigue season=2025-26 month=2025-11-01: 19 of 20 rows populated, was 20 of 20 rows populated"}},
		"a swapped pair": {func(of []game) []game { of[0].Usage, of[1].Usage = of[1].Usage, of[0].Usage; return of }, []string{
			"usage_rate season=2025-26 month=2025-11-01: 20 of 20 rows populated, was 20 of 20 rows populated, with another checksum"}},
		"a doubled pair": {func(of []game) []game { return append(of, of[0], of[0]) }, []string{
			"fatigue season=2025-26 month=2025-11-01: 22 of 22 rows populated, was 20 of 20 rows populated",
			"points season=2025-26 month=2025-11-01: 22 of 22 rows populated, was 20 of 20 rows populated",
			"usage_rate season=2025-26 month=2025-11-01: 22 of 22 rows populated, was 20 of 20 rows populated"}},
		"rows in another order": {func(of []game) []game { of[0], of[39] = of[39], of[0]; return of }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			cert, err := features.ParseCertificate(data, nil)
			require.NoError(t, err)
			found, err := cert.Verify(t.Context(), engineOf(t, c.alter(games())), now.AddDate(1, 0, 0))
			require.NoError(t, err)
			var got []string
			for _, d := range found {
				got = append(got, d.String())
			}
			assert.Equal(t, c.want, got)
		})
	}
}

func TestAnAlteredCertificateDoesNotHold(t *testing.T) {
	c, err := open(t, set(), games())
	require.NoError(t, err)
	public, private, err := ed25519.GenerateKey(nil)
	require.NoError(t, err)
	other, _, err := ed25519.GenerateKey(nil)
	require.NoError(t, err)
	signed, err := c.Encode(private)
	require.NoError(t, err)
	plain, err := c.Encode(nil)
	require.NoError(t, err)

	_, err = features.ParseCertificate(signed, public)
	assert.NoError(t, err)
	for name, try := range map[string]struct {
		data []byte
		key  ed25519.PublicKey
	}{
		"another key":                        {signed, other},
		"no signature":                       {plain, public},
		"an altered count":                   {[]byte(strings.Replace(string(plain), `"populated": 20`, `"populated": 19`, 1)), nil},
		"another one beside it, in capitals": {[]byte(strings.Replace(string(signed), `"certificate": {`, `"certificate": {}, "Certificate": {`, 1)), public},
		"another one before it":              {[]byte(strings.Replace(string(signed), `"certificate": {`, `"certificate": {}, "certificate": {`, 1)), public},
		"an altered digest":                  {[]byte(strings.Replace(string(plain), `"sha256:`, `"sha256:0`, 1)), nil},
	} {
		_, err := features.ParseCertificate(try.data, try.key)
		assert.ErrorIs(t, err, features.ErrAltered, name)
	}
	_, err = features.ParseCertificate(plain[:len(plain)/2], nil)
	assert.ErrorContains(t, err, "no certificate")
	assert.NotErrorIs(t, err, features.ErrAltered)
	_, err = (&features.Certificate{}).Encode(nil)
	assert.Error(t, err)
}

func TestAGateEndsWithItsContext(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	_, err := features.Gate{Set: set(), Now: now}.Open(ctx, engineOf(t, games()))
	assert.ErrorIs(t, err, context.Canceled)
}

// Rounded to a decimal, a checksum does not see the last bit of a sum that was made anew.
func TestARoundedChecksumSeesNoLastBit(t *testing.T) {
	verify := func(round *int, usage float64) int {
		s, of := set(), games()
		s.Features[0].Round = round
		of[5].Usage = ptr(math.Nextafter(0.3, 1))
		c, err := open(t, s, of)
		require.NoError(t, err)
		of[5].Usage = ptr(usage)
		found, err := c.Verify(t.Context(), engineOf(t, of), now)
		require.NoError(t, err)
		return len(found)
	}
	assert.Equal(t, 0, verify(ptr(6), 0.3))
	assert.Equal(t, 1, verify(nil, 0.3))
	assert.Equal(t, 1, verify(ptr(6), 0.31))
}
