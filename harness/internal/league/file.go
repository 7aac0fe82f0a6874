package league

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// File is a file below testdata.
type File struct {
	Name string // slash-separated; with the ending .gz it is stored compressed
	Data []byte // not compressed
}

func (f File) compressed() bool { return strings.HasSuffix(f.Name, ".gz") }

func (f File) path(dir string) string { return filepath.Join(dir, filepath.FromSlash(f.Name)) }

// Stored returns the contents of the file as it stands below dir, decompressed.
func (f File) Stored(dir string) ([]byte, error) {
	raw, err := os.ReadFile(f.path(dir))
	if err != nil || !f.compressed() {
		return raw, err
	}
	r, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// Store writes the file below dir and reports whether it had to. A file whose
// contents are the same stays untouched, because compressed bytes may change
// with the version of Go while the contents do not.
func (f File) Store(dir string) (bool, error) {
	if old, err := f.Stored(dir); err == nil && bytes.Equal(old, f.Data) {
		return false, nil
	}
	if err := os.MkdirAll(filepath.Dir(f.path(dir)), 0o755); err != nil {
		return false, err
	}
	raw := f.Data
	if f.compressed() {
		var buf bytes.Buffer
		w, err := gzip.NewWriterLevel(&buf, gzip.BestCompression) // no name, no time: the same bytes each time
		if err != nil {
			return false, err
		}
		if _, err := w.Write(f.Data); err != nil {
			return false, err
		}
		if err := w.Close(); err != nil {
			return false, err
		}
		raw = buf.Bytes()
	}
	return true, os.WriteFile(f.path(dir), raw, 0o644)
}
