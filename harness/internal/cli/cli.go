// Package cli is the inside of the command intact: it reads flags, suites and
// local files, runs them, writes the report, and says how to exit. It is apart
// from the command so that tests can run it.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"time"

	"cloud.google.com/go/bigquery"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Process is what the command has of the world.
type Process struct {
	Args           []string // without the command's own name
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	// Terminal says that Stdout is a terminal, so that verdicts get colors.
	Terminal bool
	// Width is how wide that terminal is, 0 where it does not say.
	Width int
	// ErrTerminal says that Stderr is one, so that progress can be shown.
	ErrTerminal bool
	// LookupEnv is os.LookupEnv.
	LookupEnv func(string) (string, bool)
	// Now is time.Now.
	Now func() time.Time
	// Sleep waits for so long, or until the context ends, and returns its cause then.
	Sleep func(context.Context, time.Duration) error
	// Stop returns a context that ends when the process is told to end, and not for
	// another reason, such as a reader that goes away. Nil ends with the command's own.
	Stop func() (context.Context, context.CancelFunc)
	// OpenBigQuery is bigquery.NewClient, with the credentials of the machine.
	OpenBigQuery func(ctx context.Context, project string) (*bigquery.Client, error)
	// Version is printed by --version.
	Version string

	leave func() // is called when who read Stdout or Stderr has gone away
}

// Run runs the command and returns its exit code. It returns soon after the context
// has ended, also where something that does not heed that goes on.
func Run(ctx context.Context, p Process) int {
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	var left atomic.Bool
	p.leave = func() {
		left.Store(true)
		end(errors.New("nobody reads the output any more"))
	}
	root := p.root()
	root.SetArgs(p.Args)
	root.SetOut(p.Stdout)
	root.SetErr(p.Stderr)
	err := root.ExecuteContext(ctx)
	code, told := codeOf(err)
	if !told && !left.Load() { // as after head -1, which is no mishap
		p.tell(err)
	}
	return code
}

func (p Process) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "intact",
		Short: "Keep incomplete data from going on",
		Long: `Intact checks tables against suites and keeps incomplete data from going on.

Exit codes: 0 pass (warnings and waivers are printed; --strict makes warnings
fail), 1 fail, 2 wrong usage or configuration, 3 could not evaluate (a missing
file or column, nothing to judge, a signal or a time-out), 4 only waiting.
Everything but 0 blocks. A gate that opens passes on the exit code of its command, and so
does a claim that is had.

Every flag can be set in the environment: --output as INTACT_OUTPUT.`,
		Version:       p.Version,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(*cobra.Command, []string) error {
			return errors.New("name a command, such as: intact check SUITE.yaml (intact --help lists them)")
		},
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			return errors.Join(notEmpty(cmd.Flags()), fromEnvironment(cmd.Flags(), p.LookupEnv))
		},
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
	}
	root.SetFlagErrorFunc(misspeltFlag)
	root.AddCommand(
		p.init(),
		p.check(),
		p.gate(),
		p.watch(),
		p.plan(),
		p.mutate(),
		p.window(),
		p.audit(),
		p.features(),
		p.claim(),
		p.claims(),
		p.history(),
		p.serve(),
		p.publish(),
		p.lineage(),
		p.ready(),
		p.blast(),
		p.kinds(),
		p.schema(),
	)
	return root
}

// notEmpty refuses flags with an empty text, as of a variable of a script that is not
// set: --project "$PROJECT" would look at local rows, and --history "$KEPT" keep nothing.
func notEmpty(flags *pflag.FlagSet) error {
	var errs []error
	flags.Visit(func(f *pflag.Flag) {
		if isText(f) && f.Value.String() == "" {
			errs = append(errs, fmt.Errorf("--%s has an empty value: give it one, or leave it out", f.Name))
		}
	})
	return errors.Join(errs...)
}

// isText reports whether a flag takes any text. A type of our own reads its text, and
// calls itself a string too.
func isText(f *pflag.Flag) bool { return fmt.Sprintf("%T", f.Value) == "*pflag.stringValue" }

// fromEnvironment gives flags that are not on the command line the value of
// their variable.
func fromEnvironment(flags *pflag.FlagSet, lookup func(string) (string, bool)) error {
	var err error
	flags.VisitAll(func(f *pflag.Flag) {
		name := "INTACT_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		value, set := lookup(name)
		if !set || f.Changed || f.Name == "help" || f.Name == "version" || err != nil {
			return
		}
		if value == "" && isText(f) {
			err = fmt.Errorf("environment variable %s is empty: give it a value, or unset it", name)
			return
		}
		if e := flags.Set(f.Name, value); e != nil {
			err = fmt.Errorf("environment variable %s: %w", name, e)
		}
	})
	return err
}
