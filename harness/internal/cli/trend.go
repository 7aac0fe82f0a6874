package cli

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/intactdata/intact/quality"
)

// trend tells, look by look, what still blocks and how that moves: a line for each
// check.
type trend struct {
	out   io.Writer
	start time.Time
	// changes leaves out what is as it was.
	changes bool
	strict  bool

	checks map[string]sighting // those that blocked when they were last seen
	lost   string              // why the last look saw nothing
}

// sighting is how a check stood when it was last seen.
type sighting struct {
	standing
	seen, since time.Time // last, and first as it stood then
}

// standing is what is told of a check that blocks: its numbers in the first segment
// of its verdict and how many more there are, or its reason where that has none.
type standing struct {
	name     string
	segment  string
	observed quality.Observed
	share    string
	more     int
	reason   string
}

func standingOf(name string, c quality.CheckReport) standing {
	var like []quality.Finding
	for _, f := range c.Findings {
		if f.Verdict == c.Verdict {
			like = append(like, f)
		}
	}
	if len(like) == 0 || like[0].Observed == nil || c.Verdict == quality.Unknown {
		return standing{name: name, reason: c.Reason}
	}
	f := like[0]
	out := standing{name: name, segment: f.Segment.String(), observed: *f.Observed, more: len(like) - 1}
	if f.Observed.Unit == quality.UnitShare {
		out.share = quality.Share(f.Observed.Numerator, f.Observed.Denominator, f.Bounds...)
	}
	return out
}

// text says how the check stands, and how that moved.
func (s standing) text(moved string) string {
	if s.reason != "" {
		return s.name + ": " + s.reason + moved
	}
	out := s.name + ": "
	if s.segment != "" {
		out += s.segment + " "
	}
	out += s.observed.String()
	if s.share != "" {
		out += " (" + s.share + ")"
	}
	out += moved
	if s.more > 0 {
		out += fmt.Sprintf(" (and %d more)", s.more)
	}
	return out
}

func (t *trend) tell(l look) {
	lost := ""
	if l.sight == blind {
		lost = fmt.Sprintf("nothing was seen, and the next look may: %v", l.err)
	}
	if lost != "" && (lost != t.lost || !t.changes) {
		t.line(l, lost)
	}
	if t.lost = lost; lost != "" {
		return
	}
	before := t.checks
	t.checks = map[string]sighting{}
	for _, s := range l.report.Suites {
		prefix := ""
		if len(l.report.Suites) > 1 {
			prefix = s.Suite + ", "
		}
		for _, together := range s.ByCause() {
			first := together[0]
			if exitOf(first.Verdict, t.strict) != exitPass {
				name := prefix + quality.AndMore(first.ID, len(together))
				now := t.blocking(l, standingOf(name, first), before[prefix+first.ID])
				for _, c := range together {
					t.checks[prefix+c.ID] = now
				}
				continue
			}
			for _, c := range together {
				if _, blocked := before[prefix+c.ID]; blocked {
					t.line(l, fmt.Sprintf("%s%s: %s", prefix, c.ID, c.Verdict))
				}
			}
		}
	}
}

// blocking tells of a check that blocks; was is zero for one that did not before.
func (t *trend) blocking(l look, now standing, was sighting) sighting {
	out := sighting{now, l.began, l.began}
	moved := ""
	switch {
	case now == was.standing:
		out.since = was.since
		moved = ", no change in " + rounded(l.began.Sub(was.since))
	case was.name != "" && was.segment == now.segment && was.observed != now.observed && was.reason+now.reason == "":
		moved = ", was " + was.observed.String()
		if gained := now.observed.Numerator - was.observed.Numerator; gained != 0 {
			moved += fmt.Sprintf(", %s in %s", signed(gained), rounded(l.began.Sub(was.seen)))
		}
	}
	if now != was.standing || !t.changes {
		t.line(l, now.text(moved))
	}
	return out
}

func (t *trend) line(l look, text string) {
	text = strings.ReplaceAll(text, "\n", " ") // errors of services can have several
	fmt.Fprintf(t.out, "[%s] %s\n", rounded(l.began.Sub(t.start)), text)
}

// signed is a difference with its sign: +2,268.
func signed(n int64) string {
	if n > 0 {
		return "+" + quality.Grouped(n)
	}
	return quality.Grouped(n)
}

// rounded keeps of a time what people read.
func rounded(d time.Duration) string {
	if d < 10*time.Second {
		return d.Round(100 * time.Millisecond).String()
	}
	return d.Round(time.Second).String()
}
