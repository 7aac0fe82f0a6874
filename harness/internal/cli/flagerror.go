package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// misspeltFlag adds to the error of a flag that does not exist the one that was
// probably meant.
func misspeltFlag(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return err
	}
	if near := nearFlags(cmd, unknown.GetSpecifiedName()); len(near) > 0 {
		return fmt.Errorf("%w (did you mean %s?)", err, strings.Join(near, " or "))
	}
	return err
}

// nearFlags are the flags of a command that a name is closest to. Cobra looks for
// close names among commands only, so that the flags are given to it as such.
func nearFlags(cmd *cobra.Command, name string) []string {
	if len(name) < 2 {
		return nil // a letter is close to every short name
	}
	flags := new(cobra.Command)
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		flags.AddCommand(&cobra.Command{Use: f.Name, Run: func(*cobra.Command, []string) {}})
	})
	for flags.SuggestionsMinimumDistance = 1; flags.SuggestionsMinimumDistance <= 2; flags.SuggestionsMinimumDistance++ {
		if near := flags.SuggestionsFor(name); len(near) > 0 {
			for i := range near {
				near[i] = "--" + near[i]
			}
			return near
		}
	}
	return nil
}
