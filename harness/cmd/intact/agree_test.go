package main_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"

	"github.com/intactdata/intact/harness/emulator"
)

// Each suite is one check: nothing else shares its statement.
func TestEnginesAgreeOnACheckThatIsAlone(t *testing.T) {
	t.Setenv(emulator.EnvEmulator, emulator.Require(t).Endpoint())
	for name, tc := range map[string]struct {
		check, rows string
		code        int
		says        string
	}{
		"by a text":           {"{complete: usage, by: season, at_least: 50%}", "season,usage\n2022-23,1\n2022-23,2\n2023-24,\n2023-24,3\n", 0, `"numerator": 1`},
		"by a negative":       {"{rows: {at_least: 1}, by: n}", "n\n-1\n-1\n2\n", 0, `"n": -1`},
		"by fractions":        {"{complete: v, by: at, at_least: 60%}", "at,v\n2024-01-01T00:00:00.1Z,\n2024-01-01T00:00:00.2Z,1\n2024-01-01T00:00:00.3Z,1\n", 1, "0 of 1 row"},
		"a key of fractions":  {"{unique: at}", "at\n2024-01-01T00:00:00.1Z\n2024-01-01T00:00:00.2Z\n", 0, "2 keys in 2 rows"},
		"a column of nothing": {"{complete: v, where: x > 0}", "x,v\n,1\n,2\n", 3, "nothing to judge: x > 0 is TRUE for none of 2 rows (FALSE 0, NULL 2)"},
		"by nothing":          {"{rows: {at_least: 1}, by: x}", "x,v\n,1\n,2\n", 3, "expect null if that is right"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := folder(t, "suite: s\ntable: d.t\nsource: games.csv\nchecks:\n- "+tc.check+"\n", tc.rows)
			inMemory := reported(t, dir, "rows")
			assert.Equal(t, tc.code, inMemory.code, inMemory.stderr)
			assert.Contains(t, inMemory.stdout, tc.says)
			bySQL := reported(t, dir, "emulator")
			if diff := cmp.Diff(inMemory, bySQL, cmp.AllowUnexported(outcome{})); diff != "" {
				t.Errorf("the emulator answers otherwise (-rows +emulator):\n%s", diff)
			}
		})
	}
}
