package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"github.com/intactdata/intact/quality/suitefile/form"
)

// variablesFlag is values of the variables that suites declare.
type variablesFlag struct{ values map[string]string }

func (f *variablesFlag) add(flags *pflag.FlagSet) {
	flags.Func("var", "`NAME=VALUE` that suites read as ${NAME} where they declare it; can be repeated", func(text string) error {
		name, value, ok := strings.Cut(text, "=")
		if !ok {
			return errors.New("write NAME=VALUE, such as date=2026-01-05")
		}
		if other, twice := f.values[name]; twice {
			return fmt.Errorf("%s is given twice, as %q and as %q", name, other, value)
		}
		if f.values == nil {
			f.values = map[string]string{}
		}
		f.values[name] = value
		return form.CheckVariable(name, value)
	})
}

// none refuses variables where there is no suite to read them.
func (f *variablesFlag) none() error {
	if len(f.values) > 0 {
		return errors.New("--var is for suites, and here is none: leave it out")
	}
	return nil
}
