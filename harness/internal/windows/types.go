package windows

import (
	"slices"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// ofExpected are the declared types of the columns that the file of expected keys is
// read for, by the names that it has for them.
func (s *Settings) ofExpected() map[string]expr.Type {
	out := map[string]expr.Type{}
	for _, key := range s.Spec.KeyColumns() {
		names := s.Spec.InExpected(key)
		s.declare(out, key, names...)
		for _, name := range names {
			s.declare(out, name, name)
		}
	}
	for _, name := range append(s.Spec.Expected.Where.Columns(), s.Spec.Expected.Due) {
		s.declare(out, name, name)
	}
	return out
}

// ofPoints are those of the columns that the file of points is read for.
func (s *Settings) ofPoints() map[string]expr.Type {
	out := map[string]expr.Type{}
	for _, key := range append(slices.Clone(s.Spec.Entity), s.Spec.At, s.Spec.Reset) {
		s.declare(out, key, key)
	}
	return out
}

// declare gives names the type that a column is declared to be. Names are
// compared without regard to case, so that they are kept in one.
func (s *Settings) declare(out map[string]expr.Type, column string, names ...string) {
	for declared, typ := range s.Types {
		if strings.EqualFold(declared, column) {
			for _, name := range names {
				out[strings.ToLower(name)] = typ
			}
		}
	}
}
