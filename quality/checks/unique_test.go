package checks_test

import (
	"testing"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/rows"
)

func TestUniqueJudges(t *testing.T) {
	holds(t, []ruling{
		{
			name:    "a key that is unique",
			rule:    quality.Rule{Check: unique("usage_rate", "season")},
			table:   []rows.Column{floats("usage_rate", 1.0, 2.0, 1.0, 2.0), seasons},
			verdict: quality.Pass, reason: "4 keys in 4 rows",
		},
		{
			name:    "a key that occurs three times and one that occurs twice",
			rule:    quality.Rule{Check: unique("usage_rate")},
			table:   []rows.Column{floats("usage_rate", 1.0, 1.0, 1.0, 2.0, 2.0, 3.0)},
			verdict: quality.Fail, reason: "3 surplus rows of 2 duplicate keys: 3 keys in 6 rows",
		},
		{
			name:    "surplus rows across segments belong to the later one",
			rule:    quality.Rule{Check: unique("usage_rate"), By: []string{"season"}},
			table:   []rows.Column{floats("usage_rate", 1.0, 2.0, 1.0, 3.0), seasons},
			verdict: quality.Fail, reason: "season=2023-24: 1 surplus row of 1 duplicate key: 1 key in 2 rows",
		},
		{
			name:    "a NULL in a key",
			rule:    quality.Rule{Check: unique("usage_rate", "season")},
			table:   []rows.Column{usage, seasons},
			verdict: quality.Fail, reason: "1 row has a key with a NULL part: 3 keys in 4 rows",
		},
		{
			name:    "a NULL in a key, where null is ok",
			rule:    quality.Rule{Check: unique("usage_rate", "season"), NullsOK: true},
			table:   []rows.Column{usage, seasons},
			verdict: quality.Pass, reason: "3 keys in 3 rows, beside 1 row with a NULL part in the key",
		},
		{
			name:    "keys that are all NULL, where null is ok",
			rule:    quality.Rule{Check: unique("usage_rate"), NullsOK: true},
			table:   []rows.Column{floats("usage_rate", nil, nil)},
			verdict: quality.Unknown, reason: "nothing to judge: 2 rows have a NULL part in the key",
		},
	})
}

func TestUniqueRefuses(t *testing.T) {
	refuses(t, map[string]checker{
		`it names no column`: unique(),
		`it names "A" twice`: unique("a", "A"),
	})
}
