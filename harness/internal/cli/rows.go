package cli

import (
	"fmt"

	"github.com/spf13/pflag"

	"github.com/intactdata/intact/quality"
)

// rowsFlag is how many rows at fault are shown of each finding.
type rowsFlag struct {
	flags *pflag.FlagSet
	most  int
}

const rowsFlagName = "rows-at-fault"

func (f *rowsFlag) add(flags *pflag.FlagSet) {
	f.flags = flags
	flags.IntVar(&f.most, rowsFlagName, 0, "show so `MANY` rows at fault of each finding that fails (default: as suites say, else 5 of local rows; on BigQuery none, for more columns are read for them)")
}

func (f *rowsFlag) check() error {
	if f.most < 0 || f.most > quality.MostRowsAtFault {
		return fmt.Errorf("--%s %d: of each finding 0 to %d rows are shown", rowsFlagName, f.most, quality.MostRowsAtFault)
	}
	return nil
}

// over is the suite with what was given in the place of what it says.
func (f *rowsFlag) over(s quality.Suite) quality.Suite {
	if f.flags != nil && f.flags.Changed(rowsFlagName) {
		s.RowsAtFault = &f.most
	}
	return s
}
