package quality

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// A length of time, by days, hours, minutes and seconds, each a whole number.
var duration = regexp.MustCompile(`^(\d{1,6}d)?(\d{1,6}h)?(\d{1,6}m)?(\d{1,6}s)?$`)

// ParseDuration reads a length of time as suites write it: 36h, 90m or 1d12h, of which
// a day is 24 hours. None is 0 long.
func ParseDuration(text string) (time.Duration, error) {
	var d time.Duration
	if parts := duration.FindStringSubmatch(text); parts != nil {
		for i, unit := range []time.Duration{24 * time.Hour, time.Hour, time.Minute, time.Second} {
			if part := parts[i+1]; part != "" {
				of, err := strconv.Atoi(strings.TrimRight(part, "dhms"))
				if err != nil {
					return 0, err
				}
				d += time.Duration(of) * unit
			}
		}
	}
	if d <= 0 {
		return 0, fmt.Errorf("%q is no length of time: write one such as 36h, 90m or 1d12h", text)
	}
	return d, nil
}

// ageText writes a duration without the parts that are zero: 36h, 1h30m.
func ageText(d time.Duration) string {
	text := d.String()
	for _, zero := range []string{"m0s", "h0m"} {
		if len(text) > len(zero) && text[len(text)-len(zero):] == zero {
			text = text[:len(text)-2]
		}
	}
	return text
}
