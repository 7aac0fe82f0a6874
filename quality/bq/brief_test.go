package bq

import (
	"errors"
	"strings"
	"testing"

	"cloud.google.com/go/bigquery"
	"github.com/stretchr/testify/require"
)

// What an engine says of a failure quotes a few lines of a statement of thousands: those it
// begins with, and those it ends with.
func TestAFailureQuotesLittleOfItsStatement(t *testing.T) {
	for name, sep := range map[string]string{"lines": "\n", "one line": " "} {
		t.Run(name, func(t *testing.T) {
			statement := strings.Repeat("SELECT é.`ö` FROM d.t WHERE x"+sep, 2_000)
			engine := &bigquery.Error{Reason: "notFound", Message: "not run: " + statement + "d.gone is not there: no such table"}
			err := explained(engine)
			text := err.Error()
			require.Less(t, len(text), 2*mostBytes+200)
			require.LessOrEqual(t, strings.Count(text, "\n"), 2*mostLines)
			require.Contains(t, text, "not run: SELECT")
			require.Contains(t, text, "no such table")
			require.Contains(t, text, "bytes are left out here: plan, and window with --sql, print whole statements")
			require.Equal(t, "notFound", reason(err))
			require.Equal(t, len(engine.Error()), len(whole(err)), "what tells tables by their names reads all of it")
			var same *bigquery.Error
			require.True(t, errors.As(err, &same))
		})
	}
	short := errors.New("no such\ntable")
	require.Same(t, short, explained(short))
	require.NoError(t, explained(nil))
}
