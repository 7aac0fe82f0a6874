package windows

import (
	"encoding/base64"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
)

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

// writtenText is the text of a value in CSV and NDJSON; BYTES are base64, as BigQuery
// exports and loads them.
func writtenText(v *expr.Vector, i int) string {
	if v.Type == expr.Bytes {
		return base64.StdEncoding.EncodeToString([]byte(v.Texts[i]))
	}
	return v.Value(i).String()
}
