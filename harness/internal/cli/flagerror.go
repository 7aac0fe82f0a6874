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

// nearFlags are the flags of a command that a name is closest to.
func nearFlags(cmd *cobra.Command, name string) []string {
	if len(name) < 2 {
		return nil // a letter is close to every short name
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	near := nearest(name, names)
	for i := range near {
		near[i] = "--" + near[i]
	}
	return near
}

// nearest are the names that one is closest to. Cobra looks for close names among
// commands only, so that they are given to it as such.
func nearest(name string, names []string) []string {
	commands := new(cobra.Command)
	for _, n := range names {
		commands.AddCommand(&cobra.Command{Use: strings.ReplaceAll(n, " ", "\x1f"), Run: func(*cobra.Command, []string) {}})
	}
	name = strings.ReplaceAll(name, " ", "\x1f") // a command's name ends at a blank
	for commands.SuggestionsMinimumDistance = 1; commands.SuggestionsMinimumDistance <= 2; commands.SuggestionsMinimumDistance++ {
		if near := commands.SuggestionsFor(name); len(near) > 0 {
			for i := range near {
				near[i] = strings.ReplaceAll(near[i], "\x1f", " ")
			}
			return near
		}
	}
	return nil
}
