package checks_test

import (
	"testing"

	"github.com/intactdata/intact/quality"
)

func TestRowCountRefuses(t *testing.T) {
	refuses(t, map[string]checker{
		`it has no bound: write between, at_least, more_than, at_most or less_than`:                                        rowCount(),
		`at_least 0.95 is no number of rows: write between, at_least, more_than, at_most or less_than with a whole number`: rowCount(percent(95)),
		`allow 1 is no number of rows: write between, at_least, more_than, at_most or less_than with a whole number`:       rowCount(quality.Allow(1)),
	})
}
