package windows

import (
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"github.com/intactdata/intact/quality/suitefile/form"
)

// AddFlags adds a flag for each setting of the spec.
func (s *Settings) AddFlags(flags *pflag.FlagSet) {
	for _, f := range s.settings() {
		AddFlag(flags, f.Key, f.value)
	}
	flags.Func("format", "`COLUMN=FORMAT`: how the dates or times of a column are written, such as day=%d/%m/%Y; with @ZONE behind it the zone of times that name none", func(text string) error {
		column, format, ok := strings.Cut(text, "=")
		if !ok || column == "" || format == "" {
			return fmt.Errorf("%q is not of the form COLUMN=FORMAT", text)
		}
		format, zone, zoned := strings.Cut(format, "@")
		written := map[string]any{"format": format}
		if zoned {
			written["zone"] = zone
		}
		return form.Given(map[string]any{column: written}, s.typeKey().Form)
	})
}

// flagged writes a setting as a flag.
func flagged(setting, value string) string {
	if value != "" {
		value = " " + value
	}
	return "--" + dashed(setting) + value
}
