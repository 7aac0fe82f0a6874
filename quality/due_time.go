package quality

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
)

// DueTime is when the rows of a date are due: so long after a time of that day by
// the clock of a zone. Rows of later dates are waited for.
type DueTime struct {
	// Clock is the time of day, since midnight.
	Clock time.Duration
	// Zone is whose clock that is. Defaults to the suite's zone.
	Zone string
	// After is how much later the rows are due.
	After time.Duration
}

// DueTimePattern is that of a due time as suites write it: 06:00 America/New_York + 36h.
const DueTimePattern = `^\s*\d{2}:\d{2}(\s+[A-Za-z][A-Za-z0-9_+/-]*)?(\s*\+\s*[0-9dhms]+)?\s*$`

var (
	dueTime = regexp.MustCompile(`^(\d{2}):(\d{2})(?:\s+([A-Za-z]\S*))?(?:\s*\+\s*(\S+))?$`)
	maxWait = 3660 * 24 * time.Hour
)

// ParseDueTime reads a due time such as 06:00 America/New_York + 36h, of which the
// zone and what comes after can be left out.
func ParseDueTime(text string) (DueTime, error) {
	part := dueTime.FindStringSubmatch(strings.TrimSpace(text))
	if part == nil {
		return DueTime{}, fmt.Errorf("%q is no due time: write a time of the day, a zone and how long after, such as 06:00 America/New_York + 36h", text)
	}
	clock, err := time.Parse("15:04", part[1]+":"+part[2])
	if err != nil {
		return DueTime{}, fmt.Errorf("%s:%s is no time of the day", part[1], part[2])
	}
	out := DueTime{Clock: time.Duration(clock.Hour())*time.Hour + time.Duration(clock.Minute())*time.Minute, Zone: part[3]}
	if part[4] != "" {
		if out.After, err = ParseDuration(part[4]); err != nil {
			return DueTime{}, err
		}
	}
	return out, out.Validate()
}

// Validate reports what is wrong without looking at data.
func (d DueTime) Validate() error {
	if d.Clock < 0 || d.Clock >= 24*time.Hour || d.Clock%time.Second != 0 {
		return fmt.Errorf("due: %s is no time of the day", d.Clock)
	}
	if d.After < 0 || d.After > maxWait {
		return fmt.Errorf("due: %s after is not between 0 and ten years", ageText(d.After))
	}
	if d.Zone != "" {
		if _, err := expr.LoadZone(d.Zone); err != nil {
			return fmt.Errorf("due: zone %w", err)
		}
	}
	return nil
}

// String is the due time as suites write it.
func (d DueTime) String() string {
	out := fmt.Sprintf("%02d:%02d", int(d.Clock.Hours()), int(d.Clock.Minutes())%60)
	if d.Zone != "" {
		out += " " + d.Zone
	}
	if d.After > 0 {
		out += " + " + ageText(d.After)
	}
	return out
}

// in is the due time with a zone, that of the suite where it says none.
func (d DueTime) in(zone *time.Location) (*time.Location, error) {
	if d.Zone == "" {
		return zone, nil
	}
	return expr.LoadZone(d.Zone)
}

// Of is when the rows of a day are due, by the clock of a zone.
func (d DueTime) Of(day civil.Date, zone *time.Location) time.Time {
	return instantOf(civil.DateTimeOf(day.In(time.UTC).Add(d.Clock)), zone).Add(d.After)
}

// Last is the last day whose rows are due now.
func (d DueTime) Last(now time.Time, zone *time.Location) civil.Date {
	day := civil.DateOf(now.Add(-d.After).In(zone)).AddDays(1)
	for d.Of(day, zone).After(now) {
		day = day.AddDays(-1)
	}
	return day
}
