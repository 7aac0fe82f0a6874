package files

import (
	"fmt"
	"path/filepath"
	"strings"
)

// format is how the rows of a file are written.
type format string

const (
	csvFormat    format = "CSV"
	ndjsonFormat format = "NDJSON"
)

var extensions = map[string]format{
	".csv":    csvFormat,
	".ndjson": ndjsonFormat,
	".jsonl":  ndjsonFormat,
	".json":   ndjsonFormat,
}

// formatOf goes by the name of a file.
func formatOf(path string) (f format, gzipped bool, err error) {
	name := strings.ToLower(filepath.Base(path))
	name, gzipped = strings.CutSuffix(name, ".gz")
	if f, ok := extensions[filepath.Ext(name)]; ok {
		return f, gzipped, nil
	}
	return "", false, fmt.Errorf("%s: the name does not tell the format: it must end in .csv, .ndjson, .jsonl or .json, with or without .gz", path)
}
