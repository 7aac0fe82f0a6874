package form_test

import (
	"errors"
	"strings"
	"testing"

	"cloud.google.com/go/civil"
	"github.com/google/go-cmp/cmp"
	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality/suitefile/form"
)

// read reads "v: " and the text with a form for the key v.
func read(text string, value form.Form) error {
	return form.Read("note", "n.yaml", []byte("v: "+text+"\n"), func() form.Form {
		return form.Map(form.Key{Name: "v", Form: value})
	})
}

func TestScalars(t *testing.T) {
	for text, want := range map[string]any{
		"7": int64(7), "-7": int64(-7), "+7": int64(7), "0": int64(0), "-0": int64(0),
		"9223372036854775807": int64(9223372036854775807), "-9223372036854775808": int64(-9223372036854775808),
		"0.5": 0.5, ".5": 0.5, "5.": 5.0, "1e3": 1000.0, "-1.5E-2": -0.015,
		"true": true, "False": false, "null": nil, "~": nil, "": nil,
		"yes": "yes", "2024-01-01": "2024-01-01", "12:30": "12:30", "2023-24": "2023-24", "1.2.3": "1.2.3",
		`"7"`: "7", "'true'": "true", `"null"`: "null", `""`: "", `"\u00e9"`: "é", "0o17 ": "refused", "1_000": "refused", "007": "refused", "-00.5": "refused",
		"0x1F": "refused", ".nan": "refused", "-.inf": "refused", "1e999": "refused", "9223372036854775808": "refused",
	} {
		t.Run(text, func(t *testing.T) {
			got := any("refused")
			if err := read(text, form.Scalar(&got)); (err != nil) != (want == "refused") {
				t.Fatalf("Read says %v", err)
			}
			if got != want {
				t.Errorf("it is %v (%T), not %v (%T)", got, got, want, want)
			}
		})
	}
}

func TestFormsKeepWhatTheyRead(t *testing.T) {
	var (
		text   string
		texts  []string
		choice string
		word   bool
		date   civil.Date
		count  int64
		dict   = map[string]*string{}
	)
	for value, f := range map[string]form.Form{
		"a b":             form.Text(&text),
		"[a, 2024-01-01]": form.Texts(&texts),
		"any":             form.Choice(&choice, "all", "any"),
		"ok":              form.Word(&word, "ok"),
		"2024-02-29":      form.Date(&date),
		"12":              form.Count(&count),
		"{a: x, b: y}": form.Dict(func(key string) form.Form {
			dict[key] = new(string)
			return form.Text(dict[key])
		}),
	} {
		if err := read(value, f); err != nil {
			t.Errorf("%s: %v", value, err)
		}
	}
	got := []any{text, texts, choice, word, date, count, *dict["a"], *dict["b"]}
	want := []any{"a b", []string{"a", "2024-01-01"}, "any", true, civil.Date{Year: 2024, Month: 2, Day: 29}, int64(12), "x", "y"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// FailAt is asked for the place of the character !, however the text is written.
func TestFailAtFindsTheCharacter(t *testing.T) {
	find := func(found *bool) form.Form {
		return form.Form{Schema: anything, Read: func(n form.Node) {
			text, _ := n.Text()
			*found = n.FailAt(strings.Index(text, "!"), errors.New("here"))
		}}
	}
	for name, text := range map[string]string{
		"plain":                 `ab!cd`,
		"plain, with a comment": `ab!cd # and !`,
		"plain, in a list":      `[é, ab!cd]`,
		"wide characters":       `é漢🏀!`,
		"single quotes":         `'it''s !'`,
		"double quotes":         `"say \"\t\u00e9\x41\U0001F3C0\" !"`,
		"the first":             `"!"`,
		"the escaped":           `"\\!"`,
	} {
		t.Run(name, func(t *testing.T) {
			var found bool
			err := read(text, form.OneOrMore(func() form.Form { return find(&found) }))
			if !found {
				t.Fatal("the character has no place")
			}
			line := []rune("v: " + text)
			var at []int
			for _, e := range unjoin(err) {
				at = append(at, e.Column)
			}
			last := at[len(at)-1]
			if line[last-1] != '!' {
				t.Errorf("column %d of %s is %q", last, string(line), line[last-1])
			}
		})
	}
	for name, text := range map[string]string{
		"a block":           "|\n  a\n  b!",
		"a folded block":    ">\n  a b!",
		"plain, two lines":  "a\n  b!",
		"quoted, two lines": "\"a\n  b!\"",
		"an anchor":         "&x b!",
	} {
		t.Run(name, func(t *testing.T) {
			var found bool
			if err := read(text, find(&found)); found {
				t.Errorf("it has a place: %v", err)
			}
		})
	}
}

func unjoin(err error) (out []*form.Error) {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return nil
	}
	for _, err := range joined.Unwrap() {
		var e *form.Error
		if errors.As(err, &e) {
			out = append(out, e)
		}
	}
	return out
}

func TestColumnsDoNotCountAByteOrderMark(t *testing.T) {
	err := form.Read("note", "n.yaml", []byte("\ufeffv: a!\n"), func() form.Form {
		return form.Map(form.Key{Name: "v", Form: form.Form{Schema: anything, Read: func(n form.Node) {
			n.FailAt(1, errors.New("here"))
		}}})
	})
	if err == nil || err.Error() != "note n.yaml:1:5: v: here" {
		t.Errorf("Read says %v", err)
	}
}

// What an anchor holds is read for each alias, and its mistakes are told once.
func TestMistakesAreToldOnceAndInOrder(t *testing.T) {
	var a, b int64
	err := form.Read("note", "n.yaml", []byte("b: &x [no]\na: *x\nother: 1\n"), func() form.Form {
		return form.Map(
			form.Key{Name: "a", Form: form.List(func() form.Form { return form.Count(&a) })},
			form.Key{Name: "b", Form: form.List(func() form.Form { return form.Count(&b) })},
		)
	})
	want := []string{
		`note n.yaml:1:8: b: a whole number of 0 or more is expected, not the text "no"`,
		`note n.yaml:1:8: a: a whole number of 0 or more is expected, not the text "no"`,
		`note n.yaml:3:1: unknown key "other": the keys here are a, b`,
	}
	if diff := cmp.Diff(want, strings.Split(err.Error(), "\n")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func anything() *jsonschema.Schema { return &jsonschema.Schema{} }

// What a flag gives is read as what a document holds, and told without a place.
func TestGivenIsReadAsIfItWereWritten(t *testing.T) {
	var text string
	var texts []string
	var count int64
	var yes bool
	var day civil.Date
	named := map[string]string{}
	dict := form.Dict(func(name string) form.Form {
		var one string
		f := form.Text(&one)
		return form.Form{Schema: f.Schema, Read: func(n form.Node) { f.Read(n); named[name] = one }}
	})
	for _, c := range []struct {
		value any
		form  form.Form
		says  string
	}{
		{"007", form.Text(&text), ""},
		{"a", form.Texts(&texts), ""},
		{"true", form.Texts(&texts), ""},
		{int64(10), form.Count(&count), ""},
		{true, form.Bool(&yes), ""},
		{"2021-10-01", form.Date(&day), ""},
		{map[string]any{"home": "BOS"}, dict, ""},
		{"", form.Text(new(string)), "the text is blank"},
		{int64(-1), form.Count(new(int64)), "a whole number of 0 or more is expected, not the number -1"},
		{"x", form.Bool(new(bool)), `true or false is expected, not the text "x"`},
		{map[string]any{"away": ""}, dict, "away: the text is blank"},
		{1.5, form.Text(new(string)), "a value of type float64 stands in no document"},
	} {
		says := ""
		if err := form.Given(c.value, c.form); err != nil {
			says = err.Error()
		}
		if says != c.says {
			t.Errorf("%v: it says %q, not %q", c.value, says, c.says)
		}
	}
	want := []any{"007", []string{"a", "true"}, int64(10), true, civil.Date{Year: 2021, Month: 10, Day: 1}, "BOS"}
	if diff := cmp.Diff(want, []any{text, texts, count, yes, day, named["home"]}); diff != "" {
		t.Error(diff)
	}
}
