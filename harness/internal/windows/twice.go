package windows

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/intactdata/intact/rolling"
)

// expectedTwice says of a key that is expected twice where that is, and how the two
// differ. Keys that a schedule by team was made into never clash.
func (r *run) expectedTwice(err error) error {
	var twice rolling.ExpectedTwiceError
	if !errors.As(err, &twice) || r.spec.Expected.By != "" {
		return err
	}
	k, i, j := r.expected, twice.First, twice.Second
	if i > j {
		i, j = j, i
	}
	where := k.where
	var differ []string
	if k.resets != nil && k.resets[i] != k.resets[j] {
		differ = append(differ, fmt.Sprintf("%s is %s and %s", k.columns[k.reset], k.resetCodes.Text(k.resets[i]), k.resetCodes.Text(k.resets[j])))
	}
	if r.excused != nil && r.excused[i] != r.excused[j] {
		alone := i
		if r.excused[j] {
			alone = j
		}
		differ = append(differ, fmt.Sprintf("--expected-where %s is FALSE at %s alone", r.spec.Expected.Where, where(alone)))
	}
	if r.due != nil && r.due[i] != r.due[j] {
		differ = append(differ, fmt.Sprintf("%s says %s and %s", r.spec.Expected.Due, dueText(r.due[i]), dueText(r.due[j])))
	}
	return fmt.Errorf("--expected: %s and %s: %s at %s is expected twice and they differ: %s: keep the one that is right",
		where(i), where(j), k.ownerText(k.owner[i]), k.timeText(i), strings.Join(differ, ", "))
}

func dueText(micros int64) string { return time.UnixMicro(micros).UTC().Format(time.RFC3339) }
