package suitefile

import (
	"fmt"
	"io"
	"strings"

	"github.com/intactdata/intact/quality/suitefile/form"
)

// WriteReference writes a page in Markdown on the kinds: what each claims, its
// formula, an example, and the keys that it may have.
func WriteReference(w io.Writer, kinds []Kind) error {
	known, err := newCatalogue(kinds)
	if err != nil {
		return err
	}
	var b strings.Builder
	b.WriteString("# Kinds of check\n")
	for _, name := range known.names {
		k := known.named(name)
		fmt.Fprintf(&b, "\n## %s\n\n%s\n\n%s\n\n", k.Name, k.Doc, k.Claim)
		fmt.Fprintf(&b, "Formula: %s\n\n```yaml\n%s\n```\n", k.Formula, strings.TrimSpace(k.Example))
		writeKeys(&b, k.New().keys())
		if k.NoRows {
			fmt.Fprintf(&b, "\nIt has none of the keys %s.\n", strings.Join(ofRows, ", "))
		}
	}
	b.WriteString("\n## Keys of every check\n")
	writeKeys(&b, new(rule).keys())
	_, err = io.WriteString(w, b.String())
	return err
}

func writeKeys(b *strings.Builder, keys []form.Key) {
	if len(keys) == 0 {
		return
	}
	b.WriteString("\n| key | |\n|---|---|\n")
	for _, k := range keys {
		fmt.Fprintf(b, "| `%s` | %s |\n", k.Name, strings.ReplaceAll(k.Doc, "|", `\|`))
	}
}
