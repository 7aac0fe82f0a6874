package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/intactdata/intact/harness/internal/ending"
	"github.com/intactdata/intact/harness/report"
	"github.com/intactdata/intact/quality/lineage"
)

// graphFlags say which tables are made from which.
type graphFlags struct{ tables string }

func (f *graphFlags) add(flags *pflag.FlagSet) {
	flags.StringVar(&f.tables, "tables", "tables.yaml", "the `FILE` that says what tables are made from")
}

func (f *graphFlags) graph(ctx context.Context) (*lineage.Graph, error) {
	return lineage.Read(f.tables, func(name string) ([]byte, error) { return ending.ReadFile(ctx, name) })
}

// known refuses a table that the file does not declare.
func (f *graphFlags) known(g *lineage.Graph, table string) error {
	if g.Table(table) != nil {
		return nil
	}
	var names []string
	for _, t := range g.Tables {
		names = append(names, t.Name)
	}
	return fmt.Errorf("%s declares no table %s: there are %s", f.tables, table, strings.Join(names, ", "))
}

func (p Process) lineage() *cobra.Command {
	var f graphFlags
	var output string
	outputs := map[string]func(io.Writer, *lineage.Graph, []lineage.Step) error{"table": report.Order, "json": report.OrderJSON, "mermaid": report.Mermaid}
	cmd := &cobra.Command{
		Use:   "lineage [TABLE]",
		Short: "Say in which order tables are built, and what each is made from",
		Long: `Lineage reads what a file of tables says each is made from, and prints the order
in which they are built: all of them, or those that TABLE is made from, itself the
last. Tables that are made from each other are named edge by edge, with the lines
that say so; but what is of strictly earlier dates closes no cycle: such tables are
built date by date.`,
		Example: `  intact lineage --tables tables.yaml
  intact lineage nba.features -o mermaid`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			write := outputs[output]
			if write == nil {
				return fmt.Errorf("--output %q is not known: it is table, json or mermaid", output)
			}
			g, err := f.graph(cmd.Context())
			if err != nil {
				return err
			}
			steps, err := g.Order()
			if err == nil && len(args) == 1 {
				if err = f.known(g, args[0]); err == nil {
					steps, err = g.OrderOf(args[0])
				}
			}
			if err != nil {
				return err
			}
			return p.until(cmd.Context(), func(p Process) error { return written(0, write(p.Stdout, g, steps)) })
		},
	}
	f.add(cmd.Flags())
	cmd.Flags().StringVarP(&output, "output", "o", "table", "how it is written: table, json or mermaid")
	return cmd
}

func oneTable(command string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != 1 {
			return errors.New(command + " needs the one table that it is about: intact " + command + " TABLE --date DAY")
		}
		return nil
	}
}
