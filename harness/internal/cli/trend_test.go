package cli

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"google.golang.org/api/googleapi"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// standings is a report of one suite with a check c, whose segments fail with the
// counts given as numerator and denominator.
func standings(t *testing.T, segments map[string][2]int64) *quality.Report {
	t.Helper()
	c := quality.CheckReport{ID: "c", Verdict: quality.Pass}
	for _, name := range sortedKeys(segments) {
		v, err := expr.ValueOf(name)
		assert.NoError(t, err)
		n := segments[name]
		c.Verdict = quality.Fail
		c.Findings = append(c.Findings, quality.Finding{
			Segment: quality.NewSegment([]string{"season"}, []expr.Value{v}), Verdict: quality.Fail,
			Observed: quality.ObservedShare(n[0], n[1]), Reason: "too few",
		})
	}
	return &quality.Report{Suites: []quality.SuiteReport{{Suite: "s", Checks: []quality.CheckReport{c}}}}
}

func TestTrend(t *testing.T) {
	type at map[string][2]int64
	unknown := &quality.Report{Suites: []quality.SuiteReport{{Suite: "s", Checks: []quality.CheckReport{{
		ID: "c", Verdict: quality.Unknown, Reason: "could not be evaluated: no such file",
	}}}}}
	for name, tt := range map[string]struct {
		reports []any // at, a report, or the error of a look that saw nothing
		want    string
	}{
		"it comes in": {
			[]any{at{"2023-24": {9800, 25285}}, at{"2023-24": {12068, 25285}}},
			"[1m0s] c: season=2023-24 12,068 of 25,285 (47.7%), was 9,800 of 25,285, +2,268 in 1m0s\n",
		},
		"it goes away": {
			[]any{at{"2023-24": {9800, 25285}}, at{"2023-24": {9799, 25285}}},
			"[1m0s] c: season=2023-24 9,799 of 25,285 (38.8%), was 9,800 of 25,285, -1 in 1m0s\n",
		},
		"only more rows": {
			[]any{at{"2023-24": {1, 2}}, at{"2023-24": {1, 4}}},
			"[1m0s] c: season=2023-24 1 of 4 (25.0%), was 1 of 2\n",
		},
		"another segment is first now": {
			[]any{at{"2022-23": {1, 2}, "2023-24": {1, 2}}, at{"2023-24": {1, 2}}},
			"[1m0s] c: season=2023-24 1 of 2 (50.0%)\n",
		},
		"one less of the others": {
			[]any{at{"2022-23": {1, 2}, "2023-24": {1, 2}}, at{"2022-23": {1, 2}}},
			"[1m0s] c: season=2022-23 1 of 2 (50.0%)\n",
		},
		"it stands still": {
			[]any{at{"2022-23": {0, 2}}, at{"2022-23": {1, 2}}, at{"2022-23": {1, 2}}, at{"2022-23": {1, 2}}},
			"[3m0s] c: season=2022-23 1 of 2 (50.0%), no change in 2m0s\n",
		},
		"a look that sees nothing is told, and passed over": {
			[]any{at{"2022-23": {0, 3}}, errors.New("no route"), at{"2022-23": {1, 3}}},
			"[2m0s] c: season=2022-23 1 of 3 (33.3%), was 0 of 3, +1 in 2m0s\n",
		},
		"a reason without numbers": {
			[]any{at{"2022-23": {0, 3}}, unknown},
			"[1m0s] c: could not be evaluated: no such file\n",
		},
		"a reason of several checks": {
			[]any{at{"2022-23": {0, 3}}, &quality.Report{Suites: []quality.SuiteReport{{Suite: "s", Checks: []quality.CheckReport{
				{ID: "c", Verdict: quality.Unknown, Reason: "no such file"}, {ID: "e", Verdict: quality.Unknown, Reason: "no such file"},
			}}}}},
			"[1m0s] c and 1 more check: no such file\n",
		},
		"numbers after a reason": {
			[]any{unknown, at{"2022-23": {0, 3}}},
			"[1m0s] c: season=2022-23 0 of 3 (0.0%)\n",
		},
		"it passes": {[]any{unknown, at{}}, "[1m0s] c: pass\n"},
		"it passed": {[]any{at{}, at{}}, ""},
		"nothing was seen": {
			[]any{errors.New("no route,\nno host")},
			"[0s] nothing was seen, and the next look may: no route, no host\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			news := &trend{out: &out, start: evening}
			for i, r := range tt.reports {
				out.Reset()
				l := look{began: evening.Add(time.Duration(i) * time.Minute), sight: blocking}
				switch r := r.(type) {
				case at:
					l.report = standings(t, r)
				case *quality.Report:
					l.report = r
				case error:
					l.sight, l.err = blind, r
				}
				news.tell(l)
			}
			assert.Equal(t, tt.want, out.String())
		})
	}
}

func TestSuitesAreToldApart(t *testing.T) {
	r := standings(t, map[string][2]int64{"2022-23": {1, 2}})
	other := standings(t, map[string][2]int64{"2022-23": {3, 4}}).Suites[0]
	other.Suite = "other"
	r.Suites = append(r.Suites, other)
	var out bytes.Buffer
	(&trend{out: &out, start: evening}).tell(look{began: evening, sight: blocking, report: r})
	assert.Equal(t, "[0s] s, c: season=2022-23 1 of 2 (50.0%)\n[0s] other, c: season=2022-23 3 of 4 (75.0%)\n", out.String())
}

func TestOutage(t *testing.T) {
	for _, tt := range []struct {
		err    error
		outage bool
	}{
		{&googleapi.Error{Code: 503}, true},
		{&googleapi.Error{Code: 429}, true},
		{&googleapi.Error{Code: 404}, false},
		{&googleapi.Error{Code: 400}, false},
		{&url.Error{Op: "Get", Err: errors.New("no such host")}, true},
		{&net.OpError{Op: "dial", Err: errors.New("refused")}, true},
		{errors.New("there is no column"), false},
	} {
		ms := quality.NewMeasurements()
		ms.Fail(&quality.Fold{}, fmt.Errorf("table d.games: %w", tt.err))
		assert.Equal(t, tt.outage, outage(&quality.Plan{}, ms) != nil, "%v", tt.err)
	}
	assert.NoError(t, outage(&quality.Plan{}, quality.NewMeasurements()))
}
