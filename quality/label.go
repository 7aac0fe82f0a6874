package quality

import (
	"fmt"
	"regexp"
)

var labelName = regexp.MustCompile(`^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$`)
var labelValue = regexp.MustCompile(`^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$`)

// CheckLabel refuses what is no label of a job.
// https://cloud.google.com/bigquery/docs/labels-intro#requirements
func CheckLabel(name, value string) error {
	switch {
	case !labelName.MatchString(name):
		return fmt.Errorf("%q is no name of a label: write at most 63 small letters, digits, _ and -, the first a letter", name)
	case !labelValue.MatchString(value):
		return fmt.Errorf("%s: %q is no value of a label: write at most 63 small letters, digits, _ and -", name, value)
	}
	return nil
}
