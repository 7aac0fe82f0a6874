package claim

import (
	"fmt"
	"strings"
	"sync"
)

// ConflictError says that dates are not to be had, as others claim some of them.
type ConflictError struct {
	// Asked are the dates that were asked for.
	Asked Dates
	// Holder is the claim that is in the way, of several the one that expires last.
	Holder Claim
	// Common are the dates in common with it.
	Common Dates
	// Others are further claims in the way.
	Others []Claim
	// Expired says that all of them have expired: the right to break them can be asked
	// for.
	Expired bool
}

func (e *ConflictError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s is claimed: %s holds %s since %s", e.Holder.Table, e.Holder.holder(), e.Holder.Dates, stamp(e.Holder.Since))
	if e.Holder.Purpose != "" {
		fmt.Fprintf(&b, " for %q", e.Holder.Purpose)
	}
	if e.Common == e.Asked {
		fmt.Fprintf(&b, ", all that is asked for in common (%s)", e.Common.counted())
	} else {
		fmt.Fprintf(&b, ", %s of the %s asked for (%s) in common: %s", e.Common.counted(), e.Asked.counted(), e.Asked, e.Common)
	}
	if n := len(e.Others); n > 0 {
		fmt.Fprintf(&b, "; and %d more claims are in the way", n)
	}
	if e.Expired {
		fmt.Fprintf(&b, "; it expired at %s: see what was left half done, then --break takes it over", stamp(e.Holder.Expires))
		return b.String()
	}
	fmt.Fprintf(&b, "; it expires at %s unless renewed: --wait for its end, or take other dates", stamp(e.Holder.Expires))
	return b.String()
}

// LostError says that a claim is not held, or not any more: what it was for must not go
// on.
type LostError struct {
	Claim Claim
	Why   string
}

func (e *LostError) Error() string {
	if e.Claim.Token == 0 { // it was asked for by its name alone
		return fmt.Sprintf("no claim %s on %s is held: %s", e.Claim.ID, e.Claim.Table, e.Why)
	}
	return fmt.Sprintf("the claim of %s on %s of %s (token %d) is lost: %s", e.Claim.holder(), e.Claim.Dates, e.Claim.Table, e.Claim.Token, e.Why)
}

// lastError is the last of several errors.
type lastError struct {
	mu  sync.Mutex
	err error
}

func (l *lastError) set(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.err = err
}

func (l *lastError) get() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.err
}

// RequestError is a request that asks for what cannot be, whatever others claim.
type RequestError struct{ Err error }

func (e *RequestError) Error() string { return e.Err.Error() }
func (e *RequestError) Unwrap() error { return e.Err }
