package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"os/user"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/intactdata/intact/harness/internal/command"
	"github.com/intactdata/intact/quality/claim"
)

// releaseTimeout is how long a claim's store has to hear that it is released.
const releaseTimeout = 10 * time.Second

// claiming is a run of claim.
type claiming struct {
	process Process
	flags   claimFlags
	table   string
	argv    []string
}

// run acquires the claim and runs the command; nil is its exit code 0.
func (c *claiming) run(ctx context.Context) error {
	if _, err := exec.LookPath(c.argv[0]); err != nil {
		return c.cannotStart(err)
	}
	signals := command.Listen(ctx)
	defer signals.Stop()
	var store *claims
	var held *claim.Held
	err := c.process.until(ctx, func(p Process) (err error) {
		store, held, err = c.acquire(ctx, p)
		return err
	})
	if err != nil {
		return err
	}
	defer store.close()
	return c.holding(ctx, signals, store.store, held)
}

// acquire claims the dates, waiting for them if asked.
func (c *claiming) acquire(ctx context.Context, p Process) (*claims, *claim.Held, error) {
	store, err := p.openClaims(ctx, c.flags.storeFlags)
	if err != nil {
		return nil, nil, err
	}
	request, err := c.request(p, store)
	if err == nil {
		var held *claim.Held
		held, err = store.Wait(ctx, request, claim.Patience{
			For: c.flags.wait, Every: c.flags.every, Sleep: p.Sleep,
			Told: func(e *claim.ConflictError) { fmt.Fprintf(p.Stderr, "intact: %v\n", e) },
		})
		if err == nil {
			return store, held, nil
		}
	}
	store.close()
	var conflict *claim.ConflictError
	switch {
	case errors.As(err, &conflict):
		return nil, nil, exitError{c.flags.refusedExit, fmt.Errorf("%w: %s was not started", err, c.argv[0])}
	case errors.As(err, new(*claim.RequestError)):
		return nil, nil, err
	}
	return nil, nil, evaluationError{fmt.Errorf("%s was not started: %w", c.argv[0], err)}
}

func (c *claiming) request(p Process, store *claims) (claim.Request, error) {
	table, err := store.table(c.table)
	if err != nil {
		return claim.Request{}, &claim.RequestError{Err: err}
	}
	r := claim.Request{Table: table, Owner: c.flags.owner, Purpose: c.flags.purpose, TTL: c.flags.ttl, Break: c.flags.takeOver}
	r.From, r.To = c.flags.days.days(p.Now(), time.UTC)
	if r.Owner == "" {
		if r.Owner, _ = p.LookupEnv("USER"); r.Owner == "" { // as in a container
			if u, err := user.Current(); err == nil {
				r.Owner = u.Username
			}
		}
	}
	if r.Purpose == "" {
		r.Purpose = shortened(strings.Join(c.argv, " "), claim.LongestWord)
	}
	return r, nil
}

// shortened is at most so many bytes of a text.
func shortened(text string, most int) string {
	const dots = "…"
	if len(text) <= most {
		return text
	}
	cut := most - len(dots)
	for !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut] + dots
}

// holding runs the command while the claim is held. A signal is for the command, and
// ends neither the renewing nor the release.
func (c *claiming) holding(ctx context.Context, signals *command.Signals, store string, held *claim.Held) error {
	for _, broken := range held.Broken() {
		fmt.Fprintf(c.process.Stderr, "intact: taken over, as it expired at %s: %s\n", broken.Expires.UTC().Format(time.RFC3339), broken)
	}
	lasting := context.WithoutCancel(ctx)
	kept, stop := held.Keep(lasting, c.process.Sleep)
	cmd := exec.Command(c.argv[0], c.argv[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = c.process.Stdin, c.process.Stdout, c.process.Stderr
	cmd.Env = append(cmd.Environ(), environmentOf(held.Claim(), store)...)
	end, err := signals.Run(ctx, cmd, command.Stop{After: kept.Done(), Grace: c.flags.grace})
	lost := c.lost(kept, held)
	stop()
	c.release(lasting, held)
	if err != nil {
		if ctx.Err() != nil {
			return interruptedError{fmt.Errorf("interrupted: %s was not started: %w", c.argv[0], context.Cause(ctx))}
		}
		return c.cannotStart(err)
	}
	code := end.Code
	if lost != nil {
		code = cmp.Or(code, exitFail)
	}
	if code == exitPass {
		return nil
	}
	return exitError{code, lost}
}

// lost is the error of a claim that did not last until now, nil for one that did.
func (c *claiming) lost(kept context.Context, held *claim.Held) error {
	var lost *claim.LostError
	switch {
	case errors.As(context.Cause(kept), &lost):
	case !held.Valid(c.process.Now()): // we slept through it
		lost = &claim.LostError{Claim: held.Claim(), Why: "it expired while nothing here ran"}
	default:
		return nil
	}
	return fmt.Errorf("%w: what %s wrote since may meet what others write", lost, c.argv[0])
}

// release gives the claim up. That it fails is told, and changes no exit code.
func (c *claiming) release(ctx context.Context, held *claim.Held) {
	ctx, stop := context.WithTimeout(ctx, releaseTimeout)
	defer stop()
	if err := held.Release(ctx); err != nil {
		c.process.tell(fmt.Errorf("the claim was not released, and lasts until %s: %w", held.Claim().Expires.UTC().Format(time.RFC3339), err))
	}
}

// environmentOf tells a command of the claim that it runs under.
func environmentOf(c claim.Claim, store string) []string {
	out := []string{
		"INTACT_STORE=" + store,
		"INTACT_CLAIM_TABLE=" + c.Table,
		"INTACT_CLAIM_FROM=", "INTACT_CLAIM_TO=",
		"INTACT_CLAIM_ID=" + c.ID,
		fmt.Sprintf("INTACT_CLAIM_TOKEN=%d", c.Token),
	}
	if !c.From.IsZero() {
		out[2] += c.From.String()
	}
	if !c.To.IsZero() {
		out[3] += c.To.String()
	}
	return out
}

func (c *claiming) cannotStart(err error) error {
	return exitError{command.StartCode(err), fmt.Errorf("%s cannot be started: %w", c.argv[0], err)}
}
