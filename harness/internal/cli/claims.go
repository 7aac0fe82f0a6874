package cli

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/intactdata/intact/harness/report"
	"github.com/intactdata/intact/quality/claim"
)

// claimsFlags are what claims can be told.
type claimsFlags struct {
	storeFlags
	output string
}

func (p Process) claims() *cobra.Command {
	var f claimsFlags
	cmd := &cobra.Command{
		Use:   "claims [TABLE]",
		Short: "List who claims which dates of which tables",
		Long: `Claims lists the claims on a table, or on all, that were not released: live ones, and
expired ones, which were left by what was killed or lost its store, and stay until
somebody takes them over with intact claim --break.`,
		Example: `  intact claims --store /shared/claims
  intact claims nba.team_offense --store bigquery:claims -o json`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkOutput(f.output, otherOutputs); err != nil {
				return err
			}
			if err := f.check(); err != nil {
				return err
			}
			return p.until(cmd.Context(), func(p Process) error { return p.listClaims(cmd.Context(), f, args) })
		},
	}
	f.storeFlags.add(cmd.Flags())
	cmd.Flags().StringVarP(&f.output, "output", "o", "table", "how they are written: table or json")
	return cmd
}

func (p Process) listClaims(ctx context.Context, f claimsFlags, args []string) error {
	store, err := p.openClaims(ctx, f.storeFlags)
	if err != nil {
		return err
	}
	defer store.close()
	list := store.All
	if len(args) == 1 {
		table, err := store.table(args[0])
		if err != nil {
			return err
		}
		list = func(ctx context.Context) ([]claim.Standing, error) { return store.Claims(ctx, table) }
	}
	all, err := list(ctx)
	if err != nil {
		return evaluationError{err}
	}
	if f.output == "json" {
		return report.ClaimsJSON(p.Stdout, all)
	}
	return report.Claims(p.Stdout, all, p.Now().Sub)
}
