package cli

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

func kindsPage(args ...string) (code int, out string, said string) {
	var stdout, stderr bytes.Buffer
	p := Process{Args: append([]string{"kinds"}, args...), Stdin: &bytes.Buffer{}, Stdout: &stdout, Stderr: &stderr,
		LookupEnv: func(string) (string, bool) { return "", false }}
	return Run(context.Background(), p), stdout.String(), stderr.String()
}

func TestKindsTellsOfEachThatSuitesMayUse(t *testing.T) {
	code, out, said := kindsPage()
	require.Equal(t, exitPass, code, said)
	for _, k := range checkKinds() {
		require.Contains(t, out, "\n## "+k.Name+"\n")
	}
}

func TestKindsTellsOfTheOnesThatAreNamed(t *testing.T) {
	_, out, _ := kindsPage("unique")
	require.Contains(t, out, "\n## unique\n")
	require.NotContains(t, out, "\n## complete\n")

	code, _, said := kindsPage("uniqe")
	require.Equal(t, exitUsage, code)
	require.Contains(t, said, `there is no kind of check "uniqe"`)
}
