package cli

import (
	"encoding/json"
	"fmt"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/spf13/cobra"

	"github.com/intactdata/intact/features"
	"github.com/intactdata/intact/harness/history"
	"github.com/intactdata/intact/harness/internal/windows"
	"github.com/intactdata/intact/harness/report"
	"github.com/intactdata/intact/quality/lineage"
	"github.com/intactdata/intact/quality/suitefile"
)

// schema prints the contracts of what the command reads and writes, so that
// editors and programs can be held to them.
func (p Process) schema() *cobra.Command {
	schemas := map[string]func() (*jsonschema.Schema, error){
		"certificate": features.CertificateSchema,
		"features":    func() (*jsonschema.Schema, error) { return features.Schema(), nil },
		"suite":       func() (*jsonschema.Schema, error) { return suitefile.Schema(checkKinds()...) },
		"tables":      func() (*jsonschema.Schema, error) { return lineage.Schema(), nil },
		"window":      windows.Schema,
		"report":      report.Schema,
		"status":      statusSchema,
		"history":     history.Schema,
	}
	return &cobra.Command{
		Use:   "schema suite|features|certificate|tables|window|report|status|history",
		Short: "Print the JSON Schema of suites, of feature sets and their certificates, of files of tables, of window specs, of the JSON report, of a gate's status or of a line of a history",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 || schemas[args[0]] == nil {
				return fmt.Errorf("schema needs one of: suite, features, certificate, tables, window, report, status, history")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := schemas[args[0]]()
			if err != nil {
				return evaluationError{err}
			}
			return p.until(cmd.Context(), func(p Process) error {
				e := json.NewEncoder(p.Stdout)
				e.SetIndent("", "  ")
				return e.Encode(s)
			})
		},
	}
}
