package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"

	"google.golang.org/api/googleapi"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality"
)

// look is what one look at the rows came to.
type look struct {
	began    time.Time
	report   *quality.Report       // nil where nothing could be evaluated
	measured *quality.Measurements // what the report rests on
	terms    []quality.TermValue   // the same for a history
	err      error                 // why nothing was seen, or why no look will ever see more
	sight    sight
	code     int // that check would exit with
}

// sight is what a look means to whoever waits.
type sight int

const (
	blind    sight = iota // the service or the engine was not there: nothing was seen
	blocking              // something is missing, which can be mended meanwhile
	passing               // nothing blocks
	broken                // nothing but another command line or another suite mends it
)

// looker looks at the rows of suites again and again, each time from the start:
// files can have been replaced, and globs match more of them.
type looker struct {
	process Process
	request *request
	strict  bool
}

// look measures and judges once, for no longer than the time-out. The error is that
// of a context that ended.
func (l *looker) look(ctx context.Context) (look, error) {
	out := look{began: l.process.Now()}
	var of measured // by a look that was not left behind
	some, stop := l.request.flags.limit(ctx)
	defer stop()
	err := l.start(some)
	if err == nil {
		of, err = l.measure(some)
	}
	if ctx.Err() != nil {
		return out, context.Cause(ctx)
	}
	if err != nil {
		out.err = err
		out.code, _ = codeOf(err)
	} else {
		out.measured = of.measurements
		out.report, out.terms = of.plan.Judge(of.measurements), of.plan.Terms(of.measurements)
		out.report.Version = l.process.Version
		out.code = exitOf(out.report.Verdict, l.strict)
		out.err = outage(of.plan, of.measurements)
	}
	if out.sight = sightOf(out.code, out.err); out.sight == blind {
		l.close(ctx) // an emulator that is lost is no more use
	}
	return out, nil
}

// sightOf is what a look means that came to an exit code, beside an error or none.
func sightOf(code int, err error) sight {
	switch {
	case code == exitPass:
		return passing
	case code == exitUsage, errors.Is(err, emulator.ErrNotInstalled):
		return broken
	case code == exitUnknown && err != nil:
		return blind
	}
	return blocking
}

// start starts the emulator that is kept from look to look, where one is needed.
func (l *looker) start(ctx context.Context) error {
	if l.request.flags.engine != emulatorEngine || l.request.server != nil {
		return nil
	}
	server, err := emulator.Start(ctx)
	if err != nil {
		return evaluationError{err}
	}
	l.request.server = server
	return nil
}

// close ends the emulator.
func (l *looker) close(ctx context.Context) {
	if l.request.server != nil {
		shutDown(ctx, l.request.server)
		l.request.server = nil
	}
}

// measured is a plan with its measurements.
type measured struct {
	plan         *quality.Plan
	measurements *quality.Measurements
}

func (l *looker) measure(ctx context.Context) (measured, error) {
	out := new(measured)
	err := l.process.within(ctx, &l.request.flags, func(ctx context.Context, p Process) error {
		j, err := p.open(ctx, l.request)
		if err != nil {
			return err
		}
		defer j.close()
		out.plan, out.measurements, err = quality.Measure(ctx, j.engine, j.now, j.suites...)
		return err
	})
	if err != nil {
		return measured{}, err // out is still written to, where that was left behind
	}
	return *out, nil
}

// outage is an error of the network or of the service itself, which says nothing
// about the rows; nil if there was none.
func outage(plan *quality.Plan, ms *quality.Measurements) error {
	errs := ms.Failures()
	for _, u := range plan.Unresolved() {
		errs = append(errs, u.Err)
	}
	for _, err := range errs {
		var api *googleapi.Error
		switch {
		case errors.As(err, &api):
			if api.Code >= http.StatusInternalServerError || api.Code == http.StatusTooManyRequests {
				return err
			}
		case errors.As(err, new(*url.Error)), errors.As(err, new(*net.OpError)):
			return err
		}
	}
	return nil
}

// unmendable says why waiting is in vain whatever happens to the rows: the suites
// themselves want another engine.
func (r *request) unmendable() error {
	if e := r.flags.engine; e == bigqueryEngine || e == emulatorEngine {
		return nil
	}
	local := map[string]bool{}
	for _, f := range r.files {
		local[f.Suite.Table] = local[f.Suite.Table] || len(f.Sources) > 0 || r.overrides[f.Suite.Table] != ""
	}
	for _, f := range r.files {
		if !local[f.Suite.Table] {
			return fmt.Errorf("table %s: %w", f.Suite.Table, errNoRows)
		}
		raw := f.Suite.Where.Raw()
		for _, rule := range f.Suite.Rules {
			raw = raw || rule.Where.Raw()
		}
		if raw {
			return fmt.Errorf("suite %s: raw SQL needs an engine that runs SQL: add --engine emulator, or measure on BigQuery with --project", f.Suite.Name)
		}
	}
	return nil
}
