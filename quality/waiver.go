package quality

import (
	"fmt"
	"strings"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
)

// Waiver lets a known failure through until a day, by name and with a reason. It
// never covers an error or an unknown.
type Waiver struct {
	Owner  string
	Reason string
	Until  civil.Date // the last day it holds
	// Segments it is for, as in Rule.Expect; none are all.
	Segments [][]any
	// Keys it is for, instead, each with a value per column of the check's Key: the
	// check must hold for all rows but theirs.
	Keys [][]any
	// DownTo is the share below which the check fails all the same; zero is no
	// floor. It is held against what is left without the keys.
	DownTo Limit
}

// KeyedCheck is a check about keys, some of which a Waiver can let through.
type KeyedCheck interface {
	Check
	// Key is the columns of the suite's table that make a key.
	Key() []string
}

func (w Waiver) validate(r Rule) error {
	switch {
	case strings.TrimSpace(w.Owner) == "", strings.TrimSpace(w.Reason) == "", !w.Until.IsValid():
		return fmt.Errorf("a waiver has an owner, a reason and until, the last day it holds")
	case w.DownTo.at != nil && w.DownTo.kind != shareLimit:
		return fmt.Errorf("a waiver's down_to is a share such as 40%%")
	case len(w.Segments) > 0 && len(w.Keys) > 0:
		return fmt.Errorf("a waiver is for segments, or for keys")
	}
	for _, e := range w.Segments {
		if len(e) != len(r.By) {
			return fmt.Errorf("waived segment %v has %d values for %d by columns", e, len(e), len(r.By))
		}
	}
	if len(w.Keys) == 0 {
		return nil
	}
	keyed, ok := r.Check.(KeyedCheck)
	if !ok {
		return fmt.Errorf("%s is no check of keys, so none can be waived", r.Describe().Kind)
	}
	for _, k := range w.Keys {
		if of := keyed.Key(); len(k) != len(of) {
			return fmt.Errorf("waived key %v has %d values for %d columns (%s)", k, len(k), len(of), strings.Join(of, ", "))
		}
	}
	return nil
}

// waivedKeys is TRUE for the rows of the keys that are waived, zero without any.
func waivedKeys(r Rule, schema expr.Schema) (expr.Expr, error) {
	keyed, ok := r.Check.(KeyedCheck)
	if r.Waiver == nil || len(r.Waiver.Keys) == 0 || !ok {
		return expr.Expr{}, nil
	}
	columns, err := resolveGrouping(schema, Columns(keyed.Key()...))
	if err != nil {
		return expr.Expr{}, fmt.Errorf("waive: %w", err)
	}
	keys, err := segmentsOf(r.Waiver.Keys, columns)
	if err != nil {
		return expr.Expr{}, fmt.Errorf("waive: %w", err)
	}
	any := make([]expr.Expr, len(keys))
	for i, k := range keys {
		parts := make([]expr.Expr, len(columns))
		for c, v := range k.values {
			if parts[c] = expr.Col(columns[c].Name).Eq(v); v.IsNull() {
				parts[c] = expr.Col(columns[c].Name).IsNull()
			}
		}
		any[i] = expr.AllOf(parts...)
	}
	return expr.AnyOf(any...), nil
}
