package standard_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/standard"
)

func TestEveryKindSaysWhatItIs(t *testing.T) {
	for _, k := range standard.Kinds() {
		t.Run(k.Name, func(t *testing.T) {
			require.NotEmpty(t, k.Doc)
			require.NotEmpty(t, k.Claim)
			require.NotEmpty(t, k.Formula)
			for _, key := range k.New().Keys {
				require.NotEmpty(t, key.Doc, key.Name)
			}
		})
	}
}

func TestEveryExampleIsACheckOfItsKind(t *testing.T) {
	for _, k := range standard.Kinds() {
		t.Run(k.Name, func(t *testing.T) {
			files, err := suitefile.Parse("example.yaml", []byte("suite: example\ntable: d.t\nchecks:"+k.Example+"\n"), standard.Kinds()...)
			require.NoError(t, err)
			for _, r := range files[0].Suite.Rules {
				require.Equal(t, k.Name, r.Describe().Kind)
			}
		})
	}
}

func TestReferenceTellsEveryKindAndKey(t *testing.T) {
	var page bytes.Buffer
	require.NoError(t, suitefile.WriteReference(&page, standard.Kinds()))
	for _, k := range standard.Kinds() {
		_, section, found := strings.Cut(page.String(), "\n## "+k.Name+"\n")
		require.True(t, found, k.Name)
		section, _, _ = strings.Cut(section, "\n## ")
		require.Contains(t, section, k.Claim)
		require.Contains(t, section, k.Formula)
		require.Contains(t, section, strings.TrimSpace(k.Example))
		for _, key := range k.New().Keys {
			require.Contains(t, section, "| `"+key.Name+"` |")
		}
	}
}
