package cli

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/intactdata/intact/harness/report"
	"github.com/intactdata/intact/quality"
)

// waitFlags say how long and how often rows are looked at, and when they are
// believed.
type waitFlags struct {
	wait   time.Duration
	every  time.Duration
	settle int
	strict bool
	files  reportFiles
	// endless is a wait that nobody limited.
	endless bool
}

// shortest is the shortest time from look to look: no time at all would be a loop
// that reads files as fast as it can.
const shortest = 10 * time.Millisecond

func (f *waitFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.DurationVar(&f.every, "every", time.Minute, "the time from look to look")
	flags.IntVar(&f.settle, "settle", 1, "pass only after so many looks in a row that pass, with unchanged counts")
	flags.BoolVar(&f.strict, "strict", false, "let warnings block too")
	f.files.add(flags)
}

// check refuses what contradicts itself. Set tells whether a flag was given.
func (f *waitFlags) check(set func(string) bool) error {
	switch {
	case f.wait < 0:
		return fmt.Errorf("--wait %s: a time is 0 or more", f.wait)
	case f.every < shortest:
		return fmt.Errorf("--every %s: the time from look to look is %s or more", f.every, shortest)
	case f.settle < 1:
		return fmt.Errorf("--settle %d: it takes at least one look that passes", f.settle)
	case f.settle > 1 && f.wait == 0 && !f.endless:
		return fmt.Errorf("--settle %d needs as many looks, and without --wait there is one: add --wait", f.settle)
	case set("every") && !set("wait") && !f.endless:
		return fmt.Errorf("--every %s is for looks again and again: add --wait, or leave it out", f.every)
	}
	return f.files.check()
}

// wait is what waiting came to.
type wait struct {
	last   look
	looks  int
	opened bool
	took   time.Duration
}

// closedError is that of a wait that has looked and does not open.
type closedError struct{ error }

func (e closedError) Unwrap() error { return e.error }

// closed is the error of a wait that did not open. Its exit code is that of the
// last look, unless another one is set. Passes that did not settle are no fault:
// with more time they would have.
func (w wait) closed(code int) error {
	switch w.last.sight {
	case broken:
		return w.last.err
	case blind:
		return exitError{cmp.Or(code, w.last.code), fmt.Errorf("nothing was seen (%s): %w", w.inWords(), w.last.err)}
	case passing:
		return exitError{cmp.Or(code, exitWaiting), closedError{fmt.Errorf("all suites pass, but not with the same counts (--settle), after %s", w.inWords())}}
	}
	return exitError{cmp.Or(code, w.last.code), closedError{fmt.Errorf("not all suites pass after %s", w.inWords())}}
}

// brief writes what the last look saw.
func (p Process) brief(out io.Writer, w wait, strict bool) error {
	if w.last.report == nil {
		return nil
	}
	o := report.Options{Color: p.ErrTerminal, Strict: strict}
	if err := report.Lines(out, w.last.report, o); err != nil {
		return evaluationError{fmt.Errorf("the report could not be written: %w", err)}
	}
	return nil
}

// fileLast writes what the last look saw to the files that are asked for.
func (p Process) fileLast(w wait, f waitFlags) error {
	if w.last.report == nil {
		return nil
	}
	w.last.report.Version = p.Version
	return f.files.write(w.last.report, report.Options{Strict: f.strict}, outputs)
}

// await looks until all suites pass, or until the wait is over. News is told of
// each look unless there is only one, and between is called before another one. The
// error is that of a context that ended.
func (p Process) await(ctx context.Context, l *looker, f waitFlags, news *trend, between func(wait)) (wait, error) {
	defer l.close(ctx)
	start := p.Now()
	news.start = start
	w := patience{every: f.every, until: start.Add(f.wait), settle: f.settle}
	if f.endless {
		w.until = time.Time{}
	}
	if err := l.request.unmendable(); err != nil && !w.until.Equal(start) {
		w.until = start
		fmt.Fprintf(p.Stderr, "one look, for waiting mends nothing: %v\n", err)
	}
	var out wait
	for {
		var err error
		if out.last, err = l.look(ctx); err != nil {
			return out, err
		}
		out.looks++
		now := p.Now()
		out.took = now.Sub(start)
		next, pause := w.after(out.last, now)
		if out.last.sight != broken && (out.looks > 1 || next == again) {
			news.tell(out.last)
		}
		if next != again {
			out.opened = next == open
			return out, nil
		}
		if out.last.sight == passing {
			news.line(out.last, fmt.Sprintf("all suites pass: %d of %d looks in a row with the same counts", w.passes, w.settle))
		}
		between(out)
		if err := p.Sleep(ctx, pause); err != nil {
			return out, err
		}
	}
}

// inWords counts the looks.
func (w wait) inWords() string {
	if w.looks == 1 {
		return "1 look"
	}
	return fmt.Sprintf("%s looks in %s", quality.Grouped(int64(w.looks)), rounded(w.took))
}
