package quality

import "context"

// settler is an engine on sources whose schemas can be guesses.
type settler interface {
	// Settle makes the schema of a table no guess.
	Settle(ctx context.Context, table string) error
}

// settle has the engine make sure of the schemas that rules did not fit: a column
// that the first rows of a file have not, or have as another type, is no mistake
// yet. It reports whether the plan is to be made again.
func (p *Plan) settle(ctx context.Context, engine Engine) (again bool) {
	of, ok := engine.(settler)
	if !ok {
		return false
	}
	asked := map[string]bool{}
	for _, s := range p.suites {
		for _, r := range s.rules {
			if r.err == nil {
				continue
			}
			for _, table := range s.suite.Reads() {
				if !asked[table] {
					asked[table] = true
					_ = of.Settle(ctx, table) // the schema has the same error
				}
			}
		}
	}
	return len(asked) > 0
}
