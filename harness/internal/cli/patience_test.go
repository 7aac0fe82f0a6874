package cli

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality"
)

var evening = time.Date(2026, 1, 2, 22, 0, 0, 0, time.UTC)

// counted is what was measured of so many rows.
func counted(rows int64) *quality.Measurements {
	ms := quality.NewMeasurements()
	ms.Add(&quality.Fold{Term: quality.CountRows()}, quality.Segment{}, quality.Measurement{Rows: rows})
	return ms
}

// looks writes a look as a letter: b blocks, l is lost, x is broken; a digit passes,
// with so many rows.
func looks(letter rune) look {
	switch letter {
	case 'b':
		return look{sight: blocking, measured: counted(0)}
	case 'l':
		return look{sight: blind}
	case 'x':
		return look{sight: broken}
	}
	return look{sight: passing, measured: counted(int64(letter))}
}

// decide shows looks to patience, a minute apart, and tells at which it ends.
func decide(p patience, sequence string) (step, int) {
	now := evening
	for i, letter := range sequence {
		l := looks(letter)
		l.began = now
		next, pause := p.after(l, now)
		if next != again {
			return next, i
		}
		now = now.Add(pause)
	}
	return again, len(sequence)
}

func TestPatience(t *testing.T) {
	for name, tt := range map[string]struct {
		settle   int
		sequence string
		step     step
		at       int
	}{
		"the first pass opens":                      {1, "bb7", open, 2},
		"what blocks is waited for":                 {1, "bbbb", again, 4},
		"a lost look is no verdict":                 {1, "lll7", open, 3},
		"a configuration error ends it":             {1, "bx7", giveUp, 1},
		"two passes with the same counts":           {2, "b77", open, 2},
		"a DELETE, its INSERT, and then they stand": {2, "6799", open, 3},
		"counts that never stand still":             {2, "67676", again, 5},
		"a hole between two passes":                 {2, "7b77", open, 3},
		"a lost look between two passes":            {2, "7l7", open, 2},
		"another count after a lost look":           {2, "7l88", open, 3},
		"lost looks are no passes":                  {3, "7lll77", open, 5},
		"three passes":                              {3, "778777", open, 5},
	} {
		t.Run(name, func(t *testing.T) {
			step, at := decide(patience{every: time.Minute, settle: tt.settle}, tt.sequence)
			assert.Equal(t, tt.step, step)
			assert.Equal(t, tt.at, at)
		})
	}
}

func TestTheWaitEnds(t *testing.T) {
	for name, tt := range map[string]struct {
		wait, every time.Duration
		began, took time.Duration // of the look, since the start
		step        step
		pause       time.Duration
	}{
		"one look":                             {0, time.Minute, 0, time.Second, giveUp, 0},
		"looks begin as often as they should":  {time.Hour, time.Minute, 5 * time.Minute, 20 * time.Second, again, 40 * time.Second},
		"a slow look is followed at once":      {time.Hour, time.Minute, 5 * time.Minute, 3 * time.Minute, again, 0},
		"the last look is at the end":          {10 * time.Minute, 7 * time.Minute, 7 * time.Minute, time.Minute, again, 2 * time.Minute},
		"no look begins after the end":         {10 * time.Minute, time.Minute, 10 * time.Minute, time.Second, giveUp, 0},
		"a look that outlasts the wait":        {10 * time.Minute, time.Minute, 9 * time.Minute, 2 * time.Minute, giveUp, 0},
		"a wait that is shorter than the step": {10 * time.Second, time.Minute, 0, time.Second, again, 9 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			p := patience{every: tt.every, until: evening.Add(tt.wait), settle: 1}
			began := evening.Add(tt.began)
			step, pause := p.after(look{sight: blocking, began: began}, began.Add(tt.took))
			assert.Equal(t, tt.step, step)
			assert.Equal(t, tt.pause, pause)
		})
	}
}

// The naive reading: it opens at the first look at which, of the looks that saw
// anything, the newest so many pass and have one and the same count.
func TestPatienceIsTheNaiveReading(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		settle := rapid.IntRange(1, 4).Draw(t, "settle")
		sequence := rapid.StringOfN(rapid.SampledFrom([]rune("bl12")), 0, 30, -1).Draw(t, "looks")
		want, at := again, len(sequence)
		seen := ""
		for i, letter := range sequence {
			if letter != 'l' {
				seen += string(letter)
			}
			if n := len(seen); n >= settle && letter != 'l' && letter != 'b' && seen[n-settle:] == strings.Repeat(string(letter), settle) {
				want, at = open, i
				break
			}
		}
		step, i := decide(patience{every: time.Minute, settle: settle}, sequence)
		require.Equal(t, want, step)
		require.Equal(t, at, i)
	})
}

func TestSight(t *testing.T) {
	lost := errors.New("connection refused")
	for _, tt := range []struct {
		code int
		err  error
		want sight
	}{
		{exitPass, nil, passing},
		{exitFail, nil, blocking},
		{exitFail, lost, blocking}, // what was seen fails, whatever was not
		{exitWaiting, nil, blocking},
		{exitUnknown, nil, blocking}, // a missing table
		{exitUnknown, lost, blind},
		{exitUsage, lost, broken},
		{exitUnknown, fmt.Errorf("no emulator: %w", emulator.ErrNotInstalled), broken},
	} {
		assert.Equal(t, tt.want, sightOf(tt.code, tt.err), "%d, %v", tt.code, tt.err)
	}
}
