package checks

import (
	"fmt"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Defaults claims that few of a column's populated values are ones that stand for a
// value which was not there: each of them by itself, or all of them together.
type Defaults struct {
	Of []Listed
	// Each holds every default by itself against the bounds. Otherwise it is those of a
	// column together.
	Each   bool
	Bounds []quality.Bound // on the share of defaults, at_most or less_than; at least one
}

func (c Defaults) claims(s quality.Scope) claims {
	out := claims{kind: "defaults", bounds: c.Bounds}
	for _, l := range c.Of {
		out.columns = append(out.columns, l.Column)
		lists := [][]expr.Value{l.Values}
		if c.Each {
			lists = slices.Collect(slices.Chunk(l.Values, 1))
		}
		for _, values := range lists {
			one := Listed{l.Column, values}.claim(value(l.Column, s.Schema))
			one.told, one.finite = quality.ValuesOf(l.Column), l.Column
			words := make([]string, len(values))
			for i, v := range values {
				words[i] = v.String()
			}
			one.told.Being = strings.Join(words, " or ")
			one.text = l.Column + " is " + strings.Join(words, " or ")
			out.of = append(out.of, one)
		}
	}
	return out
}

// Describe says which values are claimed to be few.
func (c Defaults) Describe() quality.Description { return c.claims(quality.Scope{}).describe() }

// Validate reports what is wrong without looking at data.
func (c Defaults) Validate() error {
	if err := checkFew(c.Bounds); err != nil {
		return err
	}
	return c.claims(quality.Scope{}).validate()
}

// checkFew refuses bounds that are none on how large a share may be.
func checkFew(bounds []quality.Bound) error {
	if len(bounds) == 0 {
		return fmt.Errorf("it has no bound: write at_most or less_than")
	}
	for _, b := range bounds {
		if b.Demands() {
			return fmt.Errorf("%s: it says how large a share may be, by at_most or less_than", b.Human())
		}
	}
	return quality.CheckShares(bounds)
}

// Requests counts the defaults.
func (c Defaults) Requests(s quality.Scope) ([]quality.Request, error) {
	return c.claims(s).requests(s)
}

// Judge holds the share of defaults against the bounds.
func (c Defaults) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	return c.claims(s).judge(s, m)
}

// AtFault are the rows with a default; of defaults by themselves the finding says all.
func (c Defaults) AtFault(s quality.Scope) ([]quality.Fault, error) {
	if c.Each {
		return nil, nil
	}
	return c.claims(s).atFault()
}
