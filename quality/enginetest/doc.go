// Package enginetest proves that an engine measures what the others do.
//
// An engine's own test hands Exercise a way to load tables:
//
//	func TestEngine(t *testing.T) {
//		enginetest.Exercise(t, enginetest.Subject{
//			Load: func(ctx context.Context, tables []enginetest.Table) (enginetest.Open, string, error) {
//				…
//			},
//		})
//	}
//
// Exercise runs the same suites on the same tables everywhere, most of them as
// one plan, whose checks share statements, and some alone or in pairs, each on an
// engine of its own: what works beside others need not work alone. The answers to
// the cases that are written down were worked out by hand from the documentation
// of GoogleSQL; those to the cases drawn at random come from Subject.Oracle. What
// an engine is known to answer differently stands in Subject.Deviations, by the
// case's id and with the reason; a listed case that starts to agree fails, so
// that the list stays true.
package enginetest
