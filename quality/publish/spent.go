package publish

import (
	"fmt"

	"cloud.google.com/go/civil"
)

// SpentError is a run that has been published otherwise than it is tried now, or whose rows
// others have since replaced: neither is it done, nor may it be done again by its name.
type SpentError struct{ Table, Run, Why string }

func (e *SpentError) Error() string {
	return fmt.Sprintf("%s: nothing is written: the run %q has been published, %s: to publish these rows, give them a run of their own", e.Table, e.Run, e.Why)
}

// Spent is the error of a run that was published with other rows, or for other days, than
// it is now; digests that are "" and days that are zero are not compared.
func (w Write) Spent(rows string, from, to civil.Date) error {
	switch {
	case !from.IsZero() && (from != w.From || to != w.To):
		return w.spent(fmt.Sprintf("for %s to %s and not for %s to %s", from, to, w.From, w.To))
	case rows != "" && w.Rows != "" && rows != w.Rows:
		return w.spent(fmt.Sprintf("with rows of the digest %s, and these are %s", rows, w.Rows))
	}
	return nil
}

// Replaced is the error of a run over which another one was published.
func (w Write) Replaced(by string) error {
	return w.spent(fmt.Sprintf("and the run %q has written some of its days since", by))
}

func (w Write) spent(why string) error { return &SpentError{w.Table, w.Run, why} }
