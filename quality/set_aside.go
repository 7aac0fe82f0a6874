package quality

import (
	"errors"
	"fmt"
	"time"

	"github.com/intactdata/intact/quality/expr"
)

// SettingAside is a rule whose broken rows are set aside.
type SettingAside struct {
	ID    string
	Bound Bound
	// Breaks is TRUE of rows that break the rule.
	Breaks expr.Expr
}

// SettingAside are the rules that set rows aside, of a table that is known: rows that a
// [Tracer] shows as rows at fault. The error is a rule that is no claim about rows one by
// one, as that a key is there once.
func (s Suite) SettingAside(info TableInfo, now time.Time) ([]SettingAside, error) {
	s = s.settled().completed()
	var out []SettingAside
	for i, r := range s.Rules {
		if r.SetAside == nil {
			continue
		}
		id := s.ids()[i]
		breaks, err := s.breaks(r, info, now)
		if err != nil {
			return nil, fmt.Errorf("suite %s: %s: %w", s.label(), id, err)
		}
		out = append(out, SettingAside{id, *r.SetAside, breaks})
	}
	return out, nil
}

func (s Suite) breaks(r Rule, info TableInfo, now time.Time) (expr.Expr, error) {
	if err := r.setsAside(); err != nil {
		return expr.Expr{}, err
	}
	if r.WhereIn != nil {
		return expr.Expr{}, errors.New("set_aside: its rows hang on another table, and rows are set aside one by one: write where as an expression")
	}
	scope, err := scopeOf(Suite{Table: s.Table, Zone: s.Zone, Where: s.Where}, info, now)
	if err != nil {
		return expr.Expr{}, err
	}
	scope.Where, scope.NullsOK = r.Where.At(scope.Now, scope.Zone), r.NullsOK
	faults, err := r.Check.(Tracer).AtFault(scope)
	if err != nil {
		return expr.Expr{}, err
	}
	var broken []expr.Expr
	for _, f := range faults {
		if !f.Of.IsZero() || f.Repeated || f.Where.IsZero() {
			return expr.Expr{}, errors.New("set_aside: it is no claim about rows one by one")
		}
		broken = append(broken, f.Where.At(scope.Now, scope.Zone))
	}
	if len(broken) == 0 {
		return expr.Expr{}, errors.New("set_aside: it shows no rows that break it")
	}
	return expr.AllOf(scope.filter, scope.Where, expr.AnyOf(broken...)).BindPredicate(info.Schema)
}

// setsAside refuses rules that are not traced to rows, as far as that can be said without a
// table.
func (r Rule) setsAside() error {
	none := fmt.Errorf("set_aside: %s is no claim about rows one by one", r.Describe().Kind)
	c, ok := r.Check.(Tracer)
	if !ok {
		return none
	}
	var faults []Fault
	_ = Guard("the check panicked", func() (err error) { faults, err = c.AtFault(Scope{NullsOK: r.NullsOK}); return err }) // it is asked again
	for _, f := range faults {
		if f.Repeated || !f.Of.IsZero() {
			return none
		}
	}
	return nil
}
