package files

import (
	"fmt"
	"path/filepath"
	"strings"
)

// format is how the rows of a file are written.
type format string

const (
	csvFormat     format = "CSV"
	ndjsonFormat  format = "NDJSON"
	parquetFormat format = "Parquet"
)

var extensions = map[string]format{
	".csv":     csvFormat,
	".ndjson":  ndjsonFormat,
	".jsonl":   ndjsonFormat,
	".json":    ndjsonFormat,
	".parquet": parquetFormat,
}

// FormatOf is the format that a file's name tells, as an extension without the point,
// or what else is given for a name that tells none.
func FormatOf(path, otherwise string) string {
	f, _, err := formatOf(path)
	if err != nil {
		return otherwise
	}
	return strings.ToLower(string(f))
}

// formatOf goes by the name of a file.
func formatOf(path string) (f format, gzipped bool, err error) {
	name := strings.ToLower(filepath.Base(path))
	name, gzipped = strings.CutSuffix(name, ".gz")
	f, ok := extensions[filepath.Ext(name)]
	switch {
	case ok && f == parquetFormat && gzipped:
		return "", false, fmt.Errorf("%s: Parquet is compressed within: unpack the file", path)
	case ok:
		return f, gzipped, nil
	}
	return "", false, fmt.Errorf("%s: the name does not tell the format: it must end in .csv, .ndjson, .jsonl or .json, with or without .gz, or in .parquet", path)
}
