package googlesql

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/intactdata/intact/quality/expr"
)

// parameters collects the values of a query. Equal values share a parameter, so
// that equal expressions have equal text, and none is declared without being
// used.
type parameters struct {
	values map[string]expr.Value
	names  map[expr.Value]string
	taken  map[string]string // a name by its lower case
	prefix string
	next   int

	literal bool // values are written into the text
}

// The names of our own begin with one of these, so that no author of a query takes one
// by accident, and those of a text not one of the plan that it becomes a part of.
const (
	ownPrefix  = "intact_"
	textPrefix = "intact_text_"
)

func newParameters() *parameters {
	return &parameters{values: map[string]expr.Value{}, names: map[expr.Value]string{}, taken: map[string]string{}, prefix: ownPrefix}
}

// name is how a value is written in the text: @intact_1.
func (p *parameters) name(v expr.Value) string {
	if name, ok := p.names[v]; ok {
		return "@" + name
	}
	for {
		p.next++
		name := p.prefix + strconv.Itoa(p.next)
		if _, taken := p.taken[name]; !taken {
			p.names[v] = name
			p.take(name, v)
			return "@" + name
		}
	}
}

func (p *parameters) take(name string, v expr.Value) {
	p.values[name], p.taken[strings.ToLower(name)] = v, name
}

// adopt takes over the parameters of a query that becomes a part of this one.
// Their names are the same whatever their case.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical#case_sensitivity
func (p *parameters) adopt(values map[string]expr.Value) error {
	for _, name := range slices.Sorted(maps.Keys(values)) {
		v := values[name]
		known, ok := p.taken[strings.ToLower(name)]
		switch {
		case !ok:
			p.take(name, v)
		case p.values[known] != v:
			return fmt.Errorf("the parameter @%s stands for %s and for %s: give one of them another name", name, p.values[known].SQL(), v.SQL())
		}
	}
	return nil
}

// value writes a constant. Values of types that the emulator does not take as
// parameters, or takes for others, are sent as text and converted.
// https://cloud.google.com/bigquery/docs/parameterized-queries
func (p *parameters) value(v expr.Value) (string, error) {
	text := func(s string) string {
		t, _ := expr.ValueOf(s) // an encoding, which is ASCII
		return p.name(t)
	}
	switch t := v.Type(); {
	case t == expr.Null:
		return "NULL", nil
	case t == expr.String && !utf8.ValidString(v.String()):
		return "", fmt.Errorf("the text %q is not UTF-8", v.String())
	case p.literal:
		return v.SQL(), nil
	case t == expr.Bytes:
		return "FROM_HEX(" + text(fmt.Sprintf("%x", v.Go())) + ")", nil
	case t == expr.Numeric || t == expr.BigNumeric || t == expr.DateTime:
		return "CAST(" + text(v.String()) + " AS " + string(t) + ")", nil
	}
	return p.name(v), nil
}
