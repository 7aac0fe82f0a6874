package windows

import (
	"path/filepath"
	"strings"
)

// The formats of rows.
const (
	csv    = "csv"
	ndjson = "ndjson"
)

// Formats are what rows can be read from and written as.
func Formats() []string { return []string{csv, ndjson} }

// formatOf goes by the name of a file, as package files does.
func formatOf(path string) string {
	name := strings.TrimSuffix(strings.ToLower(path), ".gz")
	switch filepath.Ext(name) {
	case ".ndjson", ".jsonl", ".json":
		return ndjson
	}
	return csv
}
