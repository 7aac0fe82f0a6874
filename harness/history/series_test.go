package history

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
)

// of is a finding of a run that was made on a day.
func of(day int, segment, verdict string) Record {
	id := "complete:usage by season"
	return Record{Record: OfFinding, RunID: fmt.Sprint(day), At: clock.AddDate(0, 0, day), Suite: "games", CheckID: &id, Segment: segment, Verdict: &verdict}
}

// Where all segments are gone, none has another verdict than before, and the check has.
func TestChangeOfACheckWhoseSegmentsAreGone(t *testing.T) {
	var got []string
	for _, c := range Changes(SeriesOf([]Record{
		of(1, "season=a", "pass"), of(1, "season=b", "pass"), of(2, "", "unknown"), of(3, "season=a", "fail"), of(3, "season=b", "pass"), of(4, "season=a", "pass"),
	})) {
		got = append(got, fmt.Sprintf("%s %s: %s to %s", c.To.RunID, c.Segment, c.From, *c.To.Verdict))
	}
	assert.Equal(t, []string{"2 : pass to unknown", "3 season=a: pass to fail", "4 season=a: fail to pass"}, got)
}

// A segment that newer runs do not have does not bring older ones in.
func TestNewest(t *testing.T) {
	series := SeriesOf([]Record{of(1, "season=a", "pass"), of(2, "season=a", "pass"), of(2, "season=b", "pass"), of(3, "season=b", "pass"), of(4, "season=b", "pass")})
	var got []string
	for _, s := range Newest(series, 3) {
		for _, p := range s.Points {
			got = append(got, s.Segment+" "+p.RunID)
		}
	}
	assert.Equal(t, []string{"season=a 2", "season=b 2", "season=b 3", "season=b 4"}, got)
	assert.Len(t, Newest(series, 2), 1)
	assert.Len(t, series[0].Points, 2, "which are not changed")
}
