package lineage

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

// placeholders are the names in braces of a command.
func placeholders(command string) []string {
	var out []string
	for _, m := range placeholder.FindAllStringSubmatch(command, -1) {
		out = append(out, m[1])
	}
	return out
}

// checkBuild refuses a command that cannot be made of dates and keys.
func (t *Table) checkBuild() error {
	for _, name := range placeholders(t.Build) {
		if name != "from" && name != "to" && !expr.Named(t.Entity(), name) {
			return fmt.Errorf("{%s} is no column of the key: there are {from}, {to} and the columns of the key without the date", name)
		}
	}
	if quoted(t.Build) {
		return errors.New("a name in braces stands within quotes: leave them out, values are quoted where they need it")
	}
	return nil
}

// quoted reports whether a name in braces stands within quotes.
func quoted(command string) bool {
	var within rune
	for _, c := range command {
		switch {
		case within != 0 && c == '{' && placeholder.MatchString(command):
			return true
		case within == c:
			within = 0
		case within == 0 && (c == '\'' || c == '"'):
			within = c
		}
	}
	return false
}

// command writes the command of a rebuild.
func (r *Rebuild) command(template string) (string, error) {
	var errs []error
	out := placeholder.ReplaceAllStringFunc(template, func(m string) string {
		switch name := m[1 : len(m)-1]; name {
		case "from":
			return r.From.String()
		case "to":
			return r.To.String()
		default:
			text, err := r.list(name)
			errs = append(errs, err)
			return quote(text)
		}
	})
	return out, errors.Join(errs...)
}

// list is the values of a column, parted by commas.
func (r *Rebuild) list(column string) (string, error) {
	var out []string
	for i, c := range r.Columns {
		if !expr.SameColumn(c, column) {
			continue
		}
		for _, v := range r.Values {
			text := v[i].String()
			if strings.Contains(text, ",") && len(r.Values) > 1 {
				return "", fmt.Errorf("table %s: %s is %q in one of the rows to be made, and its command gets a list parted by commas: leave {%s} out", r.Table, column, text, column)
			}
			out = append(out, text)
		}
	}
	return strings.Join(out, ","), nil
}

var plain = regexp.MustCompile(`^[A-Za-z0-9_@%+=:,./-]+$`)

// quote writes a text as one word of a shell.
// https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#tag_18_02_02
func quote(text string) string {
	if plain.MatchString(text) {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
