package engines

// The reasons why the emulator answers some cases differently.
const (
	noNaN      = "it stores NaN as NULL"
	noOverflow = "SAFE_ functions let INT64 wrap, NUMERIC grow and FLOAT64 become infinite"
	noScale    = "NUMERIC arithmetic is not rounded to the type's scale"
	noLastDay  = "days after 9999-12-31 are dates that it then cannot read"
)

// EmulatorDeviations are the cases of package enginetest that the emulator is
// known to answer differently from BigQuery. The engine in memory and the
// reference implementation judge them.
func EmulatorDeviations() map[string]string {
	return map[string]string{
		"arithmetic/numeric quotient is rounded":      noScale,
		"arithmetic/numeric halves go away from zero": noScale,
		"overflow/add":          noOverflow,
		"overflow/subtract":     noOverflow,
		"overflow/multiply":     noOverflow,
		"overflow/negate":       noOverflow,
		"overflow/numeric":      noOverflow,
		"overflow/float":        noOverflow,
		"overflow/date":         noLastDay,
		"nan/equal to itself":   noNaN,
		"nan/unequal to itself": noNaN,
		"nan/greater":           noNaN,
		"nan/not less or equal": noNaN,
		"nan/in":                noNaN,
		"nan/between":           noNaN,
		"nan/is no null":        noNaN,
		"nan/sum":               noNaN,
		"random/not a number":   noNaN,
		"random/overflowing":    noOverflow,
	}
}
