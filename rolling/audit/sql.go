package audit

import (
	"errors"

	"github.com/intactdata/intact/quality"
)

// SQL will be the same rows by package rollingsql.
func (d derivation) SQL([]string) (quality.Query, error) {
	return quality.Query{}, errors.New("stored windows are audited in memory only so far")
}
