package rolling

import (
	"fmt"
	"strconv"
	"strings"
)

const (
	perInfix   = "_per_"
	inclSuffix = "_incl"
)

// Parse reads a spec from the name of its column: COLUMN_STATISTIC_WINDOW.
//
//	points_avg_last_10           the mean of the last 10 places
//	usage_rate_avg_7d            the mean of the last 7 days
//	points_stddev_samp_last_10   avg, sum, count, min, max, stddev_pop, stddev_samp
//	fgm_per_fga_ratio_last_10    the sum of fgm over the sum of fga
//	points_avg_last_10_incl      the same, and the point's own time is seen
//
// Rows and days can not be mistaken for each other: a name that does not say
// which is refused. Options add what a name does not say.
func Parse(name string, options ...Option) (Spec, error) {
	rest, including := strings.CutSuffix(name, inclSuffix)
	rest, window, err := cutWindow(rest)
	if err != nil {
		return Spec{}, fmt.Errorf("window %q: %w", name, err)
	}
	statistic, err := cutStatistic(rest, window)
	if err != nil {
		return Spec{}, fmt.Errorf("window %q: %w", name, err)
	}
	if including {
		options = append([]Option{Including()}, options...)
	}
	return New(statistic, window, options...)
}

// cutWindow takes "_last_10" or "_7d" off the end.
func cutWindow(name string) (string, Window, error) {
	rest, tail := cutLast(name)
	if digits, isDays := strings.CutSuffix(tail, "d"); isDays && wholeNumber(digits) {
		d, err := bounded(digits, "days", maxDays)
		return rest, Days(d), err
	}
	if !wholeNumber(tail) {
		return "", Window{}, fmt.Errorf("the end %q is no window: end it in _last_10 for ten rows or _10d for ten days", tail)
	}
	rest, last := cutLast(rest)
	if last != "last" {
		return "", Window{}, fmt.Errorf("%s of what? end it in _last_%s for rows or _%sd for days", tail, tail, tail)
	}
	n, err := bounded(tail, "rows", maxRows)
	return rest, Last(n), err
}

// cutStatistic reads "points_avg" or "fgm_per_fga_ratio".
func cutStatistic(name string, window Window) (Statistic, error) {
	for k := mean; k <= ratio; k++ {
		column, found := strings.CutSuffix(name, "_"+kindNames[k])
		if !found {
			continue
		}
		if k != ratio {
			return Statistic{kind: k, column: column}, nil
		}
		num, den, found := strings.Cut(column, perInfix)
		if !found || strings.Contains(den, perInfix) {
			return Statistic{}, fmt.Errorf("%q does not name one numerator and one denominator: write fgm_per_fga_ratio_%s, or use RatioOfSums with Named", column, window)
		}
		return RatioOfSums(num, den), nil
	}
	return Statistic{}, fmt.Errorf("%q ends in no statistic: write %s_avg_%s (or sum, count, min, max, stddev_pop, stddev_samp, ratio)", name, name, window)
}

// cutLast splits at the last underscore; without one all of it is the tail.
func cutLast(name string) (rest, tail string) {
	i := strings.LastIndexByte(name, '_')
	return name[:max(i, 0)], name[i+1:]
}

func wholeNumber(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

func bounded(digits, unit string, limit int) (int, error) {
	n, err := strconv.Atoi(digits)
	if err != nil || n < 1 || n > limit || digits[0] == '0' {
		return 0, fmt.Errorf("%s %s: give from 1 to %d, without leading zeros", digits, unit, limit)
	}
	return n, nil
}
