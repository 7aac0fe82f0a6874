package panel

import (
	"slices"
	"strings"

	"github.com/intactdata/intact/rolling"
)

// statistics are what Windows.Stat can name.
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

func (w Windows) statistics(words Wording) ([]rolling.Statistic, error) {
	names := w.Stat
	if len(names) == 0 {
		names = []string{"mean"}
	}
	var out []rolling.Statistic
	for _, column := range w.Value {
		for _, name := range names {
			at := slices.Index(statisticNames(), name)
			if at < 0 {
				return nil, words.mistake("stat", "%q is not known: it is %s; a ratio of sums is %s", name, strings.Join(statisticNames(), ", "), words.Say("ratio", "A/B"))
			}
			out = append(out, statistics[at].of(column))
		}
	}
	for _, r := range w.Ratio {
		num, den, ok := strings.Cut(r, "/")
		if !ok || num == "" || den == "" {
			return nil, words.mistake("ratio", "%q is not of the form NUMERATOR/DENOMINATOR", r)
		}
		out = append(out, rolling.RatioOfSums(strings.TrimSpace(num), strings.TrimSpace(den)))
	}
	return out, nil
}
