// Package enginetest proves that an engine measures what the others do.
//
// An engine's own test hands Exercise a way to load tables:
//
//	func TestEngine(t *testing.T) {
//		enginetest.Exercise(t, enginetest.Subject{
//			Load: func(ctx context.Context, tables []enginetest.Table) (quality.Engine, string, error) {
//				…
//			},
//		})
//	}
//
// Exercise runs the same suites on the same tables everywhere. The answers to
// the cases that are written down were worked out by hand from the documentation
// of GoogleSQL; those to the cases drawn at random come from package rows. What
// an engine is known to answer differently stands in Subject.Deviations, by the
// case's id and with the reason; a listed case that starts to agree fails, so
// that the list stays true.
package enginetest
