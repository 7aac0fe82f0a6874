package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/intactdata/intact/quality/claim"
	"github.com/intactdata/intact/quality/publish"
)

// claimed runs a publication under a claim on its days: the one that it is started under,
// else one of its own where a store is named.
func (p Process) claimed(ctx context.Context, f publishFlags, j *publishing, run func(context.Context, publish.Request) error) error {
	r := j.request
	if f.claims.store == "" {
		if f.claimID != "" {
			return errors.New("--claim-id is of a claim in a store: name it by --store")
		}
		if f.token == 0 {
			fmt.Fprintf(p.Stderr, "note: nothing keeps others from writing %s meanwhile: name where claims are kept with --store\n", f.into)
		}
		return run(ctx, r)
	}
	f.claims.project, f.claims.maxSkew = f.project, claim.DefaultMaxSkew
	store, err := p.openClaims(ctx, f.claims)
	if err != nil {
		return err
	}
	defer store.close()
	name := f.into
	if f.engine != bigqueryEngine && f.engine != emulatorEngine && !strings.ContainsAny(name, `/\`) {
		name = "./" + name
	}
	table, err := store.table(name)
	if err != nil {
		return err
	}
	days := claim.Dates{From: r.From, To: r.To}
	held, err := p.hold(ctx, store, f, table, days)
	if err != nil {
		return err
	}
	r.Token, r.Holds = held.Token(), held.Check
	if f.claimID != "" {
		return run(ctx, r)
	}
	kept, stop := held.Keep(ctx, p.Sleep)
	defer func() {
		stop()
		ctx, done := context.WithTimeout(context.WithoutCancel(ctx), releaseTimeout)
		defer done()
		if err := held.Release(ctx); err != nil {
			p.tell(fmt.Errorf("the claim was not released, and lasts until %s: %w", held.Claim().Expires.UTC().Format(time.RFC3339), err))
		}
	}()
	return run(kept, r)
}

// hold is the claim that publishes: another process's, or a new one.
func (p Process) hold(ctx context.Context, store *claims, f publishFlags, table string, days claim.Dates) (*claim.Held, error) {
	if f.claimID != "" {
		id, _ := p.LookupEnv("INTACT_CLAIM_ID")
		if of, _ := p.LookupEnv("INTACT_CLAIM_TABLE"); id == f.claimID && of != "" && of != table {
			return nil, exitError{exitFail, fmt.Errorf("nothing is published: the claim %s is on %s, and %s is written: with --claim-id= and --claim-token=0 its days are claimed for it alone", f.claimID, of, table)}
		}
		held, err := store.Adopt(ctx, table, f.claimID)
		switch {
		case errors.As(err, new(*claim.LostError)):
			return nil, exitError{exitFail, fmt.Errorf("nothing is published: %w", err)}
		case err != nil:
			return nil, evaluationError{err}
		case !held.Claim().Covers(days):
			return nil, exitError{exitFail, fmt.Errorf("nothing is published: the claim is on %s of %s, and %s are written", held.Claim().Dates, table, days)}
		}
		return held, nil
	}
	user, _ := p.LookupEnv("USER")
	r := claim.Request{Table: table, Dates: days, Owner: cmp.Or(f.owner, user, "intact publish"), Purpose: "intact publish"}
	held, err := store.Acquire(ctx, r)
	switch {
	case errors.As(err, new(*claim.ConflictError)):
		return nil, exitError{exitFail, fmt.Errorf("nothing is published: %w", err)}
	case errors.As(err, new(*claim.RequestError)):
		return nil, err
	case err != nil:
		return nil, evaluationError{err}
	}
	return held, nil
}
