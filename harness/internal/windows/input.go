package windows

import (
	"github.com/intactdata/intact/harness/internal/spool"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
)

// An input is a file, or a pattern that names several, or standard input.
type input struct {
	path   string // "" is standard input
	kept   spool.File
	format string
	// types are declared of its columns. Those in optional need not be there: another
	// file may be the one that has them, and where one is needed its absence is told by
	// the setting that names it. The same is true of every format.
	types, optional map[string]expr.Type
}

func (i input) name() string {
	if i.path == "" {
		return i.kept.Name
	}
	return i.path
}

func (i input) source(opts files.Options) (files.Source, error) {
	if i.path == "" {
		return i.kept.Open(opts)
	}
	paths, err := files.Expand(i.path)
	if err != nil {
		return nil, err
	}
	return files.Open(paths, opts)
}
