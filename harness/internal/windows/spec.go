package windows

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/rolling"
)

// Spec says which windows are asked for, and what the columns of the rows mean.
type Spec struct {
	Entity []string // columns
	At     string
	Order  []string
	Reset  string

	Value          []string
	Ratio          []string // NUMERATOR/DENOMINATOR
	Stat           []string // Defaults to mean.
	Last, Days     []int64
	IncludeCurrent bool
	MaxSpan        int64
	MaxAge         int64

	// Counted says which rows take part. Defaults to all of them.
	Counted     quality.Expr
	Expected    Expected
	Points      string // a file; "" is every row
	HistoryFrom civil.Date
	Types       map[string]quality.Type
}

// Expected is the list of what was due.
type Expected struct {
	File  string
	Where quality.Expr
	// Map names the columns of the file where they are not those of the rows.
	// Several give a key each: a game is due for its home and its away team.
	Map map[string][]string
	// By is the column of the rows, such as the team, that the keys are of, where
	// the file knows only its games.
	By string
	// Due is the column of the file that says from when on a key without a row is
	// missing; before, its windows are waiting.
	Due string
}

// SpecError is a mistake in what was asked, as against one in the data.
type SpecError struct{ error }

func (e SpecError) Unwrap() error { return e.error }

// mistake is a SpecError about a setting.
func mistake(setting, format string, args ...any) error {
	return SpecError{fmt.Errorf("--%s %s", setting, fmt.Sprintf(format, args...))}
}

// statistics are what Stat can name.
var statistics = []struct {
	name string
	of   func(column string) rolling.Statistic
}{
	{"mean", rolling.Mean},
	{"sum", rolling.Sum},
	{"count", rolling.Count},
	{"min", rolling.Min},
	{"max", rolling.Max},
	{"stddev_pop", rolling.StddevPop},
	{"stddev_samp", rolling.StddevSamp},
}

func statisticNames() []string {
	out := make([]string, len(statistics))
	for i, s := range statistics {
		out[i] = s.name
	}
	return out
}

// Check refuses a spec that makes no sense whatever the rows are.
func (s *Spec) Check() error {
	_, err := s.windows()
	return errors.Join(s.checkKeys(), err, s.checkExpected())
}

func (s *Spec) checkKeys() error {
	switch {
	case len(s.Entity) == 0:
		return mistake("entity", "is missing: name the columns that say whose row it is, such as player")
	case s.At == "":
		return mistake("at", "is missing: name the column that says when, such as game_date")
	case len(s.Value)+len(s.Ratio) == 0:
		return mistake("value", "is missing: name the columns to average, such as points")
	case len(s.Last)+len(s.Days) == 0:
		return mistake("last", "is missing: say how many rows (--last 10) or days (--days 7) a window is over")
	}
	return nil
}

func (s *Spec) checkExpected() error {
	x := s.Expected
	if x.File == "" {
		for _, given := range []struct {
			setting string
			set     bool
		}{{"expected-where", !x.Where.IsZero()}, {"expected-map", len(x.Map) > 0}, {"expected-by", x.By != ""}, {"expected-due", x.Due != ""}} {
			if given.set {
				return mistake(given.setting, "needs --expected: name the file of what was due")
			}
		}
		return nil
	}
	var several []string
	for name, columns := range x.Map {
		if s.keyColumn(name) == "" {
			return mistake("expected-map", "names %q, which is no key column of the rows: those are %s", name, strings.Join(s.keyColumns(), ", "))
		}
		if len(columns) > 1 {
			several = append(several, name)
		}
	}
	if len(several) > 1 {
		slices.Sort(several)
		return mistake("expected-map", "gives several columns for each of %s: only one key column can have several", strings.Join(several, ", "))
	}
	return nil
}

// owner is whose keys the expected ones are: the entity's or the team's.
func (s *Spec) owner() []string {
	if s.Expected.By != "" {
		return []string{s.Expected.By}
	}
	return s.Entity
}

// keyColumns are the columns that an expected key is made of.
func (s *Spec) keyColumns() []string {
	out := append(slices.Clone(s.owner()), s.At)
	out = append(out, s.Order...)
	if s.Reset != "" {
		out = append(out, s.Reset)
	}
	return out
}

// keyColumn finds the key column that a name of Expected.Map means: its own, or
// what it is to the windows (entity, at, reset).
func (s *Spec) keyColumn(name string) string {
	for _, c := range s.keyColumns() {
		if strings.EqualFold(c, name) {
			return c
		}
	}
	switch owner := s.owner(); {
	case name == "entity" && s.Expected.By == "" && len(owner) == 1:
		return owner[0]
	case name == "by" && s.Expected.By != "":
		return owner[0]
	case name == "at":
		return s.At
	case name == "reset":
		return s.Reset
	}
	return ""
}

// inExpected are the names in the expected file of a key column of the rows.
func (s *Spec) inExpected(column string) (names []string, mapped bool) {
	for name, names := range s.Expected.Map {
		if s.keyColumn(name) == column {
			return names, true
		}
	}
	return []string{column}, false
}

// windows are the specs of all windows, in the order of their columns.
func (s *Spec) windows() ([]rolling.Spec, error) {
	statistics, err := s.statistics()
	if err != nil {
		return nil, err
	}
	var over []rolling.Window
	for _, n := range s.Last {
		if n < 1 {
			return nil, mistake("last", "%d is no window: give at least 1", n)
		}
		over = append(over, rolling.Last(int(n)))
	}
	for _, d := range s.Days {
		if d < 1 {
			return nil, mistake("days", "%d is no window: give at least 1", d)
		}
		over = append(over, rolling.Days(int(d)))
	}
	var out []rolling.Spec
	limits := s.limits(over)
	for _, statistic := range statistics {
		for i, w := range over {
			spec, err := rolling.New(statistic, w, limits[i]...)
			if err != nil {
				return nil, SpecError{err}
			}
			if slices.ContainsFunc(out, func(o rolling.Spec) bool { return o.Name() == spec.Name() }) {
				return nil, SpecError{fmt.Errorf("window %s is asked for twice", spec.Name())}
			}
			out = append(out, spec)
		}
	}
	return out, nil
}

func (s *Spec) statistics() ([]rolling.Statistic, error) {
	names := s.Stat
	if len(names) == 0 {
		names = []string{"mean"}
	}
	var out []rolling.Statistic
	for _, column := range s.Value {
		for _, name := range names {
			at := slices.Index(statisticNames(), name)
			if at < 0 {
				return nil, mistake("stat", "%q is not known: it is %s; a ratio of sums is --ratio A/B", name, strings.Join(statisticNames(), ", "))
			}
			out = append(out, statistics[at].of(column))
		}
	}
	for _, r := range s.Ratio {
		num, den, ok := strings.Cut(r, "/")
		if !ok || num == "" || den == "" {
			return nil, mistake("ratio", "%q is not of the form NUMERATOR/DENOMINATOR", r)
		}
		out = append(out, rolling.RatioOfSums(strings.TrimSpace(num), strings.TrimSpace(den)))
	}
	return out, nil
}

// limits are the options of each window. A limit on span or age goes to those
// that it can bind: with last 10, days 7 and a span of 30 days it is the ten
// rows' that is limited. Where it can bind none, it goes to all and is refused.
func (s *Spec) limits(over []rolling.Window) [][]rolling.Option {
	out := make([][]rolling.Option, len(over))
	limit := func(days int64, option func(int) rolling.Option, binds func(rolling.Window) bool) {
		if days == 0 {
			return
		}
		any := slices.ContainsFunc(over, binds)
		for i, w := range over {
			if binds(w) || !any {
				out[i] = append(out[i], option(int(days)))
			}
		}
	}
	limit(s.MaxSpan, rolling.MaxSpan, func(w rolling.Window) bool { return w.Rows() > 1 || int64(w.Days()) > s.MaxSpan })
	limit(s.MaxAge, rolling.MaxAge, func(w rolling.Window) bool { return w.Rows() > 0 || int64(w.Days()) > s.MaxAge })
	if s.IncludeCurrent {
		for i := range out {
			out[i] = append(out[i], rolling.Including())
		}
	}
	return out
}
