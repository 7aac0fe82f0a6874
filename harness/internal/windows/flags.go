package windows

import (
	"encoding/csv"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/spf13/pflag"

	"github.com/intactdata/intact/quality/suitefile/form"
)

// dashed is a key of a spec as a flag: expected-where for expected_where.
func dashed(key string) string { return strings.ReplaceAll(key, "_", "-") }

// A keyFlag is a flag that says what a key of a spec does: its text is read by the
// key's form, whose schema says how it is written.
type keyFlag struct {
	set     func(text string) error
	boolean bool
}

// IsBoolFlag lets it stand without a value.
func (f keyFlag) IsBoolFlag() bool { return f.boolean }

func (f keyFlag) Set(text string) error { return f.set(text) }

func (f keyFlag) String() string {
	if f.boolean {
		return "false"
	}
	return ""
}

func (f keyFlag) Type() string {
	if f.boolean {
		return "bool"
	}
	return "string"
}

// placeholder is the first word of a key's text that is in capitals.
var placeholder = regexp.MustCompile(`\b[A-Z]+([/=][A-Z]+)?\b`)

// addFlag adds the flag of a key. value stands for what it is set to; "" is what the
// key's text says.
func addFlag(flags *pflag.FlagSet, key form.Key, value string) {
	schema := key.Form.Schema()
	doc := strings.TrimSuffix(key.Doc, ".")
	boolean := schema.Type == "boolean"
	if at := placeholder.FindStringIndex(doc); value == "" && at != nil && !boolean {
		value, doc = doc[at[0]:at[1]], doc[:at[0]]+"`"+doc[at[0]:at[1]]+"`"+doc[at[1]:]
	} else if value != "" {
		doc = "`" + value + "`: " + strings.ToLower(doc[:1]) + doc[1:]
	}
	if !strings.HasPrefix(doc, "`") {
		doc = strings.ToLower(doc[:1]) + doc[1:]
	}
	set := func(text string) error {
		given, err := written(schema, text, value)
		for _, v := range given {
			if err == nil {
				err = form.Given(v, key.Form)
			}
		}
		return err
	}
	flag := flags.VarPF(keyFlag{set, boolean}, dashed(key.Name), "", doc)
	if boolean {
		flag.NoOptDefVal = "true"
	}
}

// written is what a flag's text gives to a form of a schema, one after the other.
func written(schema *jsonschema.Schema, text, shape string) ([]any, error) {
	one, several := schema, false
	for _, s := range schema.AnyOf {
		if s.Type == "array" {
			one, several = schema.AnyOf[0], true
		}
	}
	switch {
	case schema.Type == "object":
		var out []any
		for pair := range strings.SplitSeq(text, ",") {
			left, right, ok := strings.Cut(pair, "=")
			left, right = strings.TrimSpace(left), strings.TrimSpace(right)
			if !ok || left == "" || right == "" {
				return nil, fmt.Errorf("%q is not of the form %s", pair, shape)
			}
			out = append(out, map[string]any{left: right})
		}
		return out, nil
	case schema.Type == "boolean":
		yes, err := strconv.ParseBool(text)
		return []any{yes}, err
	case text == "" && one.Type != "integer": // as if it were not there: of a script's empty variable
		return nil, nil
	case several:
		texts, err := csv.NewReader(strings.NewReader(text)).Read()
		if err != nil {
			return nil, err
		}
		var list []any
		for _, text := range texts {
			item, err := scalar(one, text, ", or several such as 5,10")
			if err != nil {
				return nil, err
			}
			list = append(list, item)
		}
		return []any{list}, nil
	}
	value, err := scalar(one, text, "")
	return []any{value}, err
}

func scalar(schema *jsonschema.Schema, text, several string) (any, error) {
	if schema.Type != "integer" {
		return text, nil
	}
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil {
		return nil, fmt.Errorf("%q is no whole number: write one such as 10%s", text, several)
	}
	return n, nil
}
