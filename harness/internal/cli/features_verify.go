package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/intactdata/intact/features"
	"github.com/intactdata/intact/harness/internal/ending"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/suitefile"
)

func (p Process) featuresVerify() *cobra.Command {
	var f featureFlags
	cmd := &cobra.Command{
		Use:   "verify CERTIFICATE",
		Short: "Hold rows against their certificate",
		Long: `Verify measures again what a certificate says, and exits 0 where every row that is
trained on is as it was certified. Where one is not it names feature, segment and
month with the counts before and after, and exits 1; so it does where the certificate
was altered, or not signed with --key.`,
		Example: `  intact features verify player_points.json
  intact features verify player_points.json --key public.pem`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(otherOutputs); err != nil {
				return err
			}
			return p.within(cmd.Context(), &f.suiteFlags, func(ctx context.Context, p Process) error { return p.runVerify(ctx, f, args[0]) })
		},
	}
	f.addTo(cmd, otherOutputs)
	cmd.Flags().StringVar(&f.key, "key", "", "the certificate has to be signed with the key whose public half is in this PEM `FILE`")
	return cmd
}

func (p Process) runVerify(ctx context.Context, f featureFlags, path string) error {
	key, err := publicKey(f.key)
	if err != nil {
		return err
	}
	read := func(name string) ([]byte, error) { return ending.ReadFile(ctx, name) }
	data, err := read(path)
	if err != nil {
		return fmt.Errorf("certificate %s cannot be read: %w", path, err)
	}
	c, err := features.ParseCertificate(data, key)
	if errors.Is(err, features.ErrAltered) {
		return exitError{exitFail, fmt.Errorf("%s: %w", path, err)}
	}
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if c.Signed() && key == nil {
		fmt.Fprintf(p.Stderr, "note: the certificate is signed, and its signature was not looked at: --key PUBLIC.pem does\n")
	}
	declared, err := c.Declared(read)
	if err != nil {
		return err
	}
	suite, err := c.Checks()
	if err != nil {
		return err
	}
	j, err := p.openFeatures(ctx, f.suiteFlags, suitefile.File{Suite: suite, Local: declared.Local, Tables: declared.Tables})
	if err != nil {
		return err
	}
	defer j.close()
	found, err := c.Verify(ctx, j.engine, j.now)
	if err != nil {
		return evaluationError{fmt.Errorf("%s could not be verified: %w", path, err)}
	}
	if err := p.writeDifferences(f.output, c, found); err != nil {
		return evaluationError{err}
	}
	if len(found) > 0 {
		return verdictError{exitFail}
	}
	return nil
}

func (p Process) writeDifferences(output string, c *features.Certificate, found []features.Difference) error {
	if output == "json" {
		e := json.NewEncoder(p.Stdout)
		e.SetIndent("", "  ")
		return e.Encode(struct {
			Holds       bool                  `json:"holds"`
			Differences []features.Difference `json:"differences"`
		}{len(found) == 0, append([]features.Difference{}, found...)})
	}
	var b strings.Builder
	for _, d := range found {
		fmt.Fprintln(&b, d)
	}
	if len(found) == 0 {
		fmt.Fprintf(&b, "HOLDS: %s of %s are as they were certified.\n", quality.Plural(c.Rows(), "row", "rows"), c.Table())
	} else {
		fmt.Fprintf(&b, "CHANGED: rows of %s are not as they were certified: train on nothing of it, and certify them anew.\n", c.Table())
	}
	_, err := p.Stdout.Write([]byte(b.String()))
	return err
}
