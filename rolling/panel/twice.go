package panel

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/intactdata/intact/rolling"
)

// expectedTwice says of a key that is expected twice where that is, and how the two
// differ. Keys that a schedule by team was made into never clash.
func (p *Panel) expectedTwice(err error) error {
	var twice rolling.ExpectedTwiceError
	if !errors.As(err, &twice) || p.spec.Expected.By != "" {
		return err
	}
	k, i, j := p.expected, twice.First, twice.Second
	if i > j {
		i, j = j, i
	}
	var differ []string
	if k.resets != nil && k.resets[i] != k.resets[j] {
		differ = append(differ, fmt.Sprintf("%s is %s and %s", k.columns[k.reset], p.shared.resets.Text(k.resets[i]), p.shared.resets.Text(k.resets[j])))
	}
	if k.owesNone(i) != k.owesNone(j) {
		alone := i
		if k.owesNone(j) {
			alone = j
		}
		differ = append(differ, fmt.Sprintf("%s is FALSE at %s alone", k.words.Say("expected_where", k.owedBy.text), k.where(alone)))
	}
	if k.due != nil && k.due[i] != k.due[j] {
		differ = append(differ, fmt.Sprintf("%s says %s and %s", p.spec.Expected.Due, dueText(k.due[i]), dueText(k.due[j])))
	}
	return fmt.Errorf("%s: %s and %s: %s at %s is expected twice and they differ: %s: keep the one that is right",
		k.words.Say("expected", ""), k.where(i), k.where(j), k.ownerText(i), k.timeText(i), strings.Join(differ, ", "))
}

func dueText(micros int64) string { return time.UnixMicro(micros).UTC().Format(time.RFC3339) }
