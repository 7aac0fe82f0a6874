package windows_test

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/internal/windows"
	"github.com/intactdata/intact/rolling/panel"
)

// BenchmarkRun reads 64,000 rows of 200 entities, computes the last 10 and 7 days
// of a column and writes the rows.
func BenchmarkRun(b *testing.B) {
	var text strings.Builder
	text.WriteString("e,at,v,note\n")
	for day := range 320 {
		for e := range 200 {
			fmt.Fprintf(&text, "entity%d,%04d-%02d-%02d,%d.5,some more text in the row\n", e, 2020+day/28/12, day/28%12+1, day%28+1, (day*e)%40)
		}
	}
	path := filepath.Join(b.TempDir(), "rows.csv")
	require.NoError(b, os.WriteFile(path, []byte(text.String()), 0o600))
	q := windows.Request{
		Settings: windows.Settings{
			Spec:    panel.Spec{Entity: []string{"e"}, At: "at"},
			Windows: panel.Windows{Value: []string{"v"}, Last: []int64{10}, Days: []int64{7}},
		},
		Path: path, Stdout: io.Discard,
	}
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := windows.Run(b.Context(), q); err != nil {
			b.Fatal(err)
		}
	}
}
