package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/intactdata/intact/features"
	"github.com/intactdata/intact/harness/internal/ending"
	"github.com/intactdata/intact/harness/report"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/suitefile"
)

// featureFlags are what the gate of features can be told.
type featureFlags struct {
	suiteFlags
	output      string
	files       reportFiles
	strict, all bool
	certificate string
	key         string // that signs, or that has signed
}

func (p Process) features() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "features",
		Short: "Keep training closed until every feature is true",
		Long: `Features judges each feature that a model is to read by itself, in every segment, and
never by an average. Where all hold it writes a certificate; a trainer reads that, and
verifies it.`,
		RunE: func(*cobra.Command, []string) error {
			return errors.New("name one of: intact features check SET.yaml, intact features verify CERTIFICATE")
		},
	}
	cmd.AddCommand(p.featuresCheck(), p.featuresVerify())
	return cmd
}

func (f *featureFlags) addTo(cmd *cobra.Command, outputs []string) {
	f.suiteFlags.add(cmd)
	addOutput(cmd.Flags(), &f.output, "result", outputs)
}

// check refuses what would open a gate in part.
func (f *featureFlags) check(outputs []string) error {
	if len(f.only) > 0 {
		return errors.New("--only looks at some of the checks, and a gate opens by all of them: leave it out")
	}
	return errors.Join(checkOutput(f.output, outputs), f.files.check(), f.vars.none())
}

func (p Process) featuresCheck() *cobra.Command {
	var f featureFlags
	cmd := &cobra.Command{
		Use:   "check SET",
		Short: "Judge every feature of a set, and certify it",
		Long: `Check judges the features that SET, a YAML file, declares. It exits 0 where all that
are required hold, and then writes the certificate. A certificate that stands there
already is taken away before anything is read: one that was written by an earlier run
opens nothing.`,
		Example: `  intact features check player_points.yaml --certificate player_points.json
  intact features check player_points.yaml --certificate player_points.json --sign key.pem`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := errors.Join(withdraw(f.certificate), f.check(reportOutputs)); err != nil {
				return err
			}
			return p.within(cmd.Context(), &f.suiteFlags, func(ctx context.Context, p Process) error { return p.runFeatures(ctx, f, args[0]) })
		},
	}
	f.addTo(cmd, reportOutputs)
	f.files.add(cmd.Flags())
	cmd.Flags().BoolVar(&f.strict, "strict", false, "stay closed on warnings, and exit 1")
	cmd.Flags().BoolVar(&f.all, "all", false, "show every segment in the table, also where there are many")
	cmd.Flags().StringVar(&f.certificate, "certificate", "", "write the certificate to this `FILE`")
	cmd.Flags().StringVar(&f.key, "sign", "", "sign it with the private Ed25519 key in this PEM `FILE`")
	return cmd
}

// openFeatures opens the engine on the rows of one suite.
func (p Process) openFeatures(ctx context.Context, f suiteFlags, of suitefile.File) (*job, error) {
	of.Dialect.AsOfOpen = of.Dialect.AsOfOpen || f.asOfOpen
	overrides, err := parseData(f.data)
	if err != nil {
		return nil, err
	}
	return p.open(ctx, &request{flags: f, files: []suitefile.File{of}, overrides: overrides})
}

func (p Process) runFeatures(ctx context.Context, f featureFlags, path string) error {
	files, err := features.Read(path, func(name string) ([]byte, error) { return ending.ReadFile(ctx, name) })
	if err != nil {
		return err
	}
	if len(files) != 1 {
		return fmt.Errorf("%s holds %d sets: a gate is of one", path, len(files))
	}
	key, err := privateKey(f.key)
	if err != nil {
		return err
	}
	set := files[0].Set
	set.Suite = f.rows.over(f.days.over(set.Suite))
	if f.segments > 0 {
		set.MaxSegments = f.segments
	}
	j, err := p.openFeatures(ctx, f.suiteFlags, files[0].Suite())
	if err != nil {
		return err
	}
	defer j.close()
	o, err := features.Gate{Set: set, Now: j.now, Version: p.Version, Project: f.project, Strict: f.strict}.Try(ctx, j.engine)
	if err != nil {
		return err
	}
	o.Report.Version = p.Version
	j.notes(p.Stderr)
	options := report.Options{Color: p.Terminal, Width: p.Width, Strict: f.strict, All: f.all, Note: lossesText(o)}
	forms := maps.Clone(outputs)
	forms["json"] = func(w io.Writer, _ *quality.Report, _ report.Options) error { return writeOpening(w, o) }
	if err := p.write(o.Report, options, forms[f.output]); err != nil {
		return evaluationError{fmt.Errorf("the report could not be written: %w", err)}
	}
	if err := f.files.write(o.Report, options, forms); err != nil {
		return err
	}
	if o.Certificate == nil {
		return verdictError{exitOf(o.Report.Verdict, f.strict)}
	}
	if f.certificate == "" {
		return nil
	}
	data, err := o.Certificate.Encode(key)
	if err == nil {
		err = replace(f.certificate, data)
	}
	if err != nil {
		return evaluationError{fmt.Errorf("the certificate could not be written: %w", err)}
	}
	return nil
}

// writeOpening writes what a gate came to.
func writeOpening(w io.Writer, o *features.Opening) error {
	var whole bytes.Buffer
	if err := report.JSON(&whole, o.Report); err != nil {
		return err
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(struct {
		Open   bool            `json:"open"`
		Losses features.Losses `json:"losses"`
		Report json.RawMessage `json:"report"`
	}{o.Certificate != nil, o.Losses, whole.Bytes()})
}

const closedText = "CLOSED: nothing is trained on these rows.\n"

// lossesText says what became of the rows, the most harmful feature first.
func lossesText(o *features.Opening) string {
	var b strings.Builder
	l := o.Losses
	if l.Unknown != "" {
		fmt.Fprintf(&b, "\nthe rows that are lost were not counted: %s\n", l.Unknown)
		return b.String() + closedText
	}
	fmt.Fprintf(&b, "\n%s with a label, %s trained on, %s with any default", quality.Plural(l.Labelled, "eligible row", "eligible rows"), quality.Grouped(l.Training), quality.Grouped(l.AnyDefault))
	if e := l.Eligible; e != nil {
		fmt.Fprintf(&b, "; eligible %s", quality.Counts{True: e.True, False: e.False, Null: e.Null})
	}
	b.WriteString("\n")
	for _, f := range l.Features {
		var rules []string
		for _, r := range f.Rules {
			rules = append(rules, fmt.Sprintf("%s %s", r.Rule, quality.Grouped(r.Rows)))
		}
		fmt.Fprintf(&b, "  %s loses %s: %s\n", f.Feature, quality.Plural(f.Rows, "row", "rows"), strings.Join(rules, ", "))
	}
	if o.Certificate != nil {
		fmt.Fprintf(&b, "OPEN: %s may be trained on.\n", quality.Plural(o.Certificate.Rows(), "row", "rows"))
	} else {
		b.WriteString(closedText)
	}
	return b.String()
}

// withdraw takes away the certificate of an earlier run. What is no certificate stays, and
// is a mistake.
func withdraw(path string) error {
	if path == "" {
		return nil
	}
	data, err := os.ReadFile(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("certificate %s cannot be replaced: %w", path, ending.WithoutPath(err))
	}
	if _, err := features.ParseCertificate(data, nil); err != nil && !errors.Is(err, features.ErrAltered) {
		return fmt.Errorf("%s is there already and is no certificate: name another file", path)
	}
	if err := os.Remove(path); err != nil {
		return fmt.Errorf("certificate %s cannot be replaced: %w", path, ending.WithoutPath(err))
	}
	return nil
}
