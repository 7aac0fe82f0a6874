package windows

import (
	"path/filepath"
	"strings"
)

// The formats of rows.
const (
	csvFormat     = "csv"
	ndjsonFormat  = "ndjson"
	parquetFormat = "parquet"
)

// Formats are what rows can be read from and written as.
func Formats() []string { return []string{csvFormat, ndjsonFormat, parquetFormat} }

// formatOf goes by the name of a file, as package files does.
func formatOf(path string) string {
	name := strings.TrimSuffix(strings.ToLower(path), ".gz")
	switch filepath.Ext(name) {
	case ".ndjson", ".jsonl", ".json":
		return ndjsonFormat
	case ".parquet":
		return parquetFormat
	}
	return csvFormat
}
