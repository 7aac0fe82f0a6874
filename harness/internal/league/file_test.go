package league

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

func TestFileIsStoredAndLeftAlone(t *testing.T) {
	for _, name := range []string{"deep/plain.csv", "deep/packed.csv.gz"} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			f := File{Name: name, Data: []byte("a,b\n1,2\n")}
			for i, want := range []bool{true, false} {
				written, err := f.Store(dir)
				if err != nil {
					t.Fatal(err)
				}
				if written != want {
					t.Errorf("time %d: written is %v, want %v", i+1, written, want)
				}
			}
			stored, err := f.Stored(dir)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(stored, f.Data) {
				t.Errorf("read back %q, want %q", stored, f.Data)
			}
		})
	}
}

func TestFileIsRewrittenWhereItDiffers(t *testing.T) {
	dir := t.TempDir()
	f := File{Name: "packed.csv.gz", Data: []byte("new\n")}
	if err := os.WriteFile(filepath.Join(dir, f.Name), []byte("no gzip at all"), 0o644); err != nil {
		t.Fatal(err)
	}
	if written, err := f.Store(dir); err != nil || !written {
		t.Fatalf("written is %v with error %v, want a new file", written, err)
	}
	if stored, err := f.Stored(dir); err != nil || !bytes.Equal(stored, f.Data) {
		t.Errorf("read back %q with error %v, want %q", stored, err, f.Data)
	}
}
