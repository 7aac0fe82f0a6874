package windows

import "github.com/intactdata/intact/quality/files"

// The formats of rows.
const (
	csvFormat     = "csv"
	ndjsonFormat  = "ndjson"
	parquetFormat = "parquet"
)

// Formats are what rows can be read from and written as.
func Formats() []string { return []string{csvFormat, ndjsonFormat, parquetFormat} }

// formatOf goes by the name of a file.
func formatOf(path string) string { return files.FormatOf(path, csvFormat) }
