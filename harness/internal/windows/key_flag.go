package windows

import (
	"regexp"
	"strings"

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

// AddFlag adds the flag of a key. value stands for what it is set to; "" is what the
// key's text says.
func AddFlag(flags *pflag.FlagSet, key form.Key, value string) {
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
