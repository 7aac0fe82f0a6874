package bq

import (
	"fmt"
	"maps"
	"strconv"
	"unicode/utf8"

	"github.com/intactdata/intact/quality"
)

// parameters collects the values of a query. Equal values share a parameter, so
// that equal expressions have equal text, and none is declared without being
// used.
type parameters struct {
	values map[string]quality.Value
	names  map[quality.Value]string
	next   int
}

func newParameters() *parameters {
	return &parameters{values: map[string]quality.Value{}, names: map[quality.Value]string{}}
}

// name is how a value is written in the text: @p1.
func (p *parameters) name(v quality.Value) string {
	if name, ok := p.names[v]; ok {
		return "@" + name
	}
	for {
		p.next++
		name := "p" + strconv.Itoa(p.next)
		if _, taken := p.values[name]; !taken {
			p.values[name], p.names[v] = v, name
			return "@" + name
		}
	}
}

// adopt takes over the parameters of a query that becomes a part of this one.
func (p *parameters) adopt(values map[string]quality.Value) error {
	for name, v := range values {
		if known, ok := p.values[name]; ok && known != v {
			return fmt.Errorf("the parameter @%s stands for %s and for %s: give one of them another name", name, known.SQL(), v.SQL())
		}
	}
	maps.Copy(p.values, values)
	return nil
}

// value writes a constant. Values of types that the emulator does not take as
// parameters, or takes for others, are sent as text and converted.
// https://cloud.google.com/bigquery/docs/parameterized-queries
func (p *parameters) value(v quality.Value) (string, error) {
	text := func(s string) string {
		t, _ := quality.ValueOf(s) // an encoding, which is ASCII
		return p.name(t)
	}
	switch v.Type() {
	case quality.Null:
		return "NULL", nil
	case quality.Bytes:
		return "FROM_HEX(" + text(fmt.Sprintf("%x", v.Go())) + ")", nil
	case quality.Numeric, quality.BigNumeric, quality.DateTime:
		return "CAST(" + text(v.String()) + " AS " + string(v.Type()) + ")", nil
	case quality.String:
		if s := v.String(); !utf8.ValidString(s) {
			return "", fmt.Errorf("the text %q is not UTF-8", s)
		}
	}
	return p.name(v), nil
}
