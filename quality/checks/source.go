package checks

import (
	"fmt"
	"slices"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Source is a time in another table, of rows that are found by key.
type Source struct {
	Of Against
	// Time is an expression over the other table.
	Time expr.Expr
	// Key are columns of the suite's table. Defaults to those that Of maps.
	Key []string
}

// The columns that a row of the source has for it.
const (
	sourceTime = "time of the source"
	sourceHash = "hash of the source"
)

func (r Source) key() []string {
	if len(r.Key) > 0 {
		return r.Key
	}
	return r.Of.columns()
}

func (r Source) validate() error {
	switch {
	case len(r.key()) == 0:
		return fmt.Errorf("it has no key by which rows of %s are found", r.Of.Table)
	case r.Time.IsZero():
		return fmt.Errorf("it names no time of %s", r.Of.Table)
	}
	if err := r.Time.Mistake(); err != nil {
		return err
	}
	if err := expr.CheckDistinct(r.key()); err != nil {
		return err
	}
	return r.Of.validate(r.key())
}

// beside is the judged rows beside what terms come to over the source's of their key;
// the terms are of columns by the names of more.
func (r Source) beside(s quality.Scope, more []Mapping, terms ...quality.NamedTerm) quality.Relation {
	if len(s.Others) == 0 {
		return quality.Relation{} // not planned yet
	}
	of, columns := r.Of, slices.Clone(r.key())
	of.Map = append(slices.Clone(of.Map), more...)
	for _, m := range more {
		columns = append(columns, m.Column)
	}
	found := of.theirs(s, columns).Aggregate(quality.Columns(r.key()...), terms...)
	return r.Of.ours(s, r.key()).Join(quality.LeftJoin, found, quality.Equal(r.key()...)...)
}

// typed refuses keys and times of unlike types.
func (r Source) typed(s quality.Scope, column string) error {
	if err := r.Of.typed(s, r.key()); err != nil {
		return err
	}
	bound, err := r.Time.At(s.Now, s.Zone).Bind(s.Others[0].Info.Schema)
	if err != nil {
		return fmt.Errorf("%s: %w", r.Of.Table, err)
	}
	return alike(s, column, fmt.Sprintf("%s of %s", r.Time, r.Of.Table), bound.Type())
}

// alike refuses a time that cannot be told from a column's.
func alike(s quality.Scope, column, other string, typ expr.Type) error {
	f, err := s.Schema.Field(column)
	if err == nil && unlike(f.Type, typ) {
		err = fmt.Errorf("%s is %s and %s is %s, and values of unlike types are not compared: convert one of them", f.Name, f.Type, other, typ)
	}
	return err
}

// shownFaults are none where values of another table may be redacted.
func shownFaults(s quality.Scope, c claims) ([]quality.Fault, error) {
	if s.Redacts() {
		return nil, nil
	}
	return c.atFault()
}
