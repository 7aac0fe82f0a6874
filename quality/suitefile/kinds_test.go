package suitefile_test

import (
	"slices"
	"strings"

	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/standard"
)

// parse reads a suite with the kinds of package checks, and more.
func parse(text string, more ...suitefile.Kind) ([]suitefile.File, error) {
	return suitefile.Parse("s.yaml", []byte(text), with(more...)...)
}

func with(more ...suitefile.Kind) []suitefile.Kind { return append(standard.Kinds(), more...) }

// theKinds names them as messages do.
func theKinds(more ...suitefile.Kind) string {
	var names []string
	for _, k := range with(more...) {
		names = append(names, k.Name)
	}
	slices.Sort(names)
	return "the kinds are " + strings.Join(names, ", ")
}
