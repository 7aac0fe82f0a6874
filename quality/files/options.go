package files

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files/dialect"
)

// Options are settings of a relation; the zero Options are usable.
type Options struct {
	// Types declares columns, by name without regard to case. The types of the
	// others are inferred from their cells.
	Types map[string]expr.Type
	dialect.Dialect
	// Progress is told how much of a file has been read, each time that some has.
	Progress func(Progress)
}

// settled are options that have been looked through.
type settled struct {
	Options
	types     map[string]expr.Type // by folded name
	times     map[string]columnTime
	delimiter byte
	numerals  numerals
}

type columnTime struct {
	format *dialect.TimeFormat
	zone   *time.Location
}

func (o Options) settle() (settled, error) {
	s := settled{Options: o, types: map[string]expr.Type{}, times: map[string]columnTime{}}
	s.Types, s.Nulls = maps.Clone(o.Types), slices.Clone(o.Nulls)
	if err := s.Check(); err != nil {
		return s, err
	}
	return s, errors.Join(s.settleTypes(), s.settleTimes(), s.settleText())
}

func (s *settled) settleTypes() error {
	written := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(s.Types)) {
		folded := strings.ToLower(name)
		if other, twice := written[folded]; twice {
			return fmt.Errorf("column %q is declared twice, as %q as well: names are compared without regard to case", name, other)
		}
		t := s.Types[name]
		if name == "" || !t.Computable() || t == expr.Null {
			return fmt.Errorf("column %q cannot be declared %q", name, t)
		}
		written[folded], s.types[folded] = name, t
	}
	return nil
}

func (s *settled) settleTimes() error {
	for _, name := range slices.Sorted(maps.Keys(s.Times)) {
		folded := strings.ToLower(name)
		format, zone, err := s.Times[name].Parse()
		if err != nil {
			return err
		}
		declared, t := s.types[folded], columnTime{format, zone}
		if format != nil && declared == "" {
			declared = format.Type(zone)
			s.types[folded] = declared
			if s.Types == nil {
				s.Types = map[string]expr.Type{}
			}
			s.Types[name] = declared
		}
		switch {
		case declared != "" && declared != expr.Date && declared != expr.DateTime && declared != expr.Timestamp:
			return fmt.Errorf("column %q is declared %s, which is no date or time and has no format or zone", name, declared)
		case t.format != nil && t.format.Zoned() && declared != expr.Timestamp:
			return fmt.Errorf("column %q: the format %q has a zone, and %s has none: declare it TIMESTAMP", name, s.Times[name].Format, declared)
		case t.zone != nil && declared != "" && declared != expr.Timestamp:
			return fmt.Errorf("column %q is declared %s, which has no zone: declare it TIMESTAMP", name, declared)
		}
		s.times[folded] = t
	}
	return nil
}

func (s *settled) settleText() error {
	s.delimiter = s.Separator()
	if s.Decimal == "," {
		s.numerals.decimal = ','
	}
	if s.Thousands != "" {
		s.numerals.thousands = s.Thousands[0]
	}
	if s.FileColumn != "" && s.types[strings.ToLower(s.FileColumn)] != "" {
		return fmt.Errorf("column %q is the file's name, which is STRING: do not declare it", s.FileColumn)
	}
	return nil
}
