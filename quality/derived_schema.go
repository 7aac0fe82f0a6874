package quality

import "github.com/intactdata/intact/quality/expr"

// DerivedSchema is that of the rows which a derivation makes, for engines; of is
// the engine's own Schema, asked for each of the inputs.
func DerivedSchema(d Derivation, of func(Relation) (expr.Schema, error)) (expr.Schema, error) {
	var inputs []expr.Schema
	for _, in := range d.Inputs() {
		s, err := of(in)
		if err != nil {
			return nil, err
		}
		inputs = append(inputs, s)
	}
	return d.Schema(inputs)
}
