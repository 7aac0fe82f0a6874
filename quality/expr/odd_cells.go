package expr

// OddCellsError is a Field's error where cells that are no value of a column keep it
// from having a type. The column has the type of the others all the same, and is read
// with NULL for the odd ones: by the checks that declare all of these missing.
type OddCellsError struct {
	// Odd are the texts of the odd cells; nil where there are too many.
	Odd []string
	// Err tells of them.
	Err error
}

func (e *OddCellsError) Error() string { return e.Err.Error() }
func (e *OddCellsError) Unwrap() error { return e.Err }
