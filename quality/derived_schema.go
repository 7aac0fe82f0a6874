package quality

// DerivedSchema is that of the rows which a derivation makes, for engines; of is
// the engine's own Schema, asked for each of the inputs.
func DerivedSchema(d Derivation, of func(Relation) (Schema, error)) (Schema, error) {
	var inputs []Schema
	for _, in := range d.Inputs() {
		s, err := of(in)
		if err != nil {
			return nil, err
		}
		inputs = append(inputs, s)
	}
	return d.Schema(inputs)
}
