package league

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

const testdataDir = "../../../testdata"

// TestTestdataIsUpToDate compares contents: compressed bytes may change with
// the version of Go.
func TestTestdataIsUpToDate(t *testing.T) {
	files, err := Testdata()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		stored, err := f.Stored(testdataDir)
		if err != nil {
			t.Errorf("%v; run: go generate ./harness/internal/league", err)
			continue
		}
		if !bytes.Equal(stored, f.Data) {
			t.Errorf("testdata/%s is not what the generator writes; run: go generate ./harness/internal/league", f.Name)
		}
	}
}

func TestTestdataStaysSmall(t *testing.T) {
	const most = 5 << 20
	files, err := Testdata()
	if err != nil {
		t.Fatal(err)
	}
	var total int64
	for _, f := range files {
		info, err := os.Stat(filepath.Join(testdataDir, filepath.FromSlash(f.Name)))
		if err != nil {
			t.Fatal(err)
		}
		total += info.Size()
	}
	if total > most {
		t.Errorf("the league's files have %d bytes, want at most %d", total, most)
	}
}
