package suitefile_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// implied is a check of a kind that suitefile does not know.
type implied struct {
	checks.Complete // for what a check must do beside
	If, Then        expr.Expr
	Share           quality.Limit
}

func (c implied) Describe() quality.Description { return quality.Description{Kind: "implied"} }

func (c implied) Validate() error {
	if c.If.String() == c.Then.String() {
		return fmt.Errorf("if and then are the same")
	}
	return nil
}

func impliedKind() suitefile.Kind {
	return suitefile.Kind{
		Name: "implied",
		Doc:  "Where one expression is TRUE so is another.",
		New: func() suitefile.Draft {
			var c implied
			return suitefile.Draft{
				Value: form.Map(
					form.Key{Name: "if", Doc: "The rows it is about.", Form: suitefile.Expr(&c.If), Required: true},
					form.Key{Name: "then", Doc: "What they must be.", Form: suitefile.Expr(&c.Then), Required: true},
				),
				Keys:  []form.Key{{Name: "share", Doc: "How many must.", Form: suitefile.Share(&c.Share)}},
				Check: func() quality.Check { return c },
			}
		},
	}
}

const impliedSuite = minimal + `
- implied: {if: is_dnp IS TRUE, then: points IS NULL}
  share: 99%
  by: season
- unique: id
`

func TestKindsAreOpen(t *testing.T) {
	got, err := parse(impliedSuite, impliedKind())
	if err != nil {
		t.Fatal(err)
	}
	want := minimalWith(
		quality.Rule{
			Check: implied{If: expr.Col("is_dnp").IsTrue(), Then: expr.Col("points").IsNull(), Share: quality.Percent(99)},
			By:    []string{"season"},
		},
		quality.Rule{Check: checks.Unique{Columns: []string{"id"}}},
	)
	want[0].Path = "s.yaml"
	if diff := cmp.Diff(want, got, sameMeaning); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSchemaKnowsAddedKinds(t *testing.T) {
	document := asJSON(t, impliedSuite)[0]
	if err := resolvedSchema(t, impliedKind()).Validate(document); err != nil {
		t.Errorf("with the kind: %v", err)
	}
	if err := resolvedSchema(t).Validate(document); err == nil {
		t.Error("without the kind it is accepted as well")
	}
}

func TestMistakesInAddedKinds(t *testing.T) {
	for name, test := range map[string]struct{ yaml, want string }{
		"an unknown key":     {"- implied: {if: a, than: b}", `suite s.yaml:4:20: unknown key "than" (did you mean "then"?)`},
		"its own validation": {"- implied: {if: a, then: a}", `suite s.yaml:4:3: implied: if and then are the same`},
		"another name":       {"- implide: {if: a, then: b}", `suite s.yaml:4:3: unknown kind of check "implide" (did you mean "implied"?): ` + theKinds(impliedKind())},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := parse(minimal+"\n"+test.yaml+"\n", impliedKind())
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("Parse says %v", err)
			}
		})
	}
}

func TestKindsThatCannotBeAdded(t *testing.T) {
	named := func(name string, keys ...form.Key) suitefile.Kind {
		return suitefile.Kind{Name: name, New: func() suitefile.Draft {
			return suitefile.Draft{Value: form.Text(new(string)), Keys: keys, Check: func() quality.Check { return nil }}
		}}
	}
	for name, test := range map[string]struct {
		kinds []suitefile.Kind
		want  string
	}{
		"the name of a kind":       {[]suitefile.Kind{named("rows")}, `the kind of check "rows" cannot be added: its name is a kind of check already`},
		"the same kind twice":      {[]suitefile.Kind{named("x"), named("x")}, `the kind of check "x" cannot be added: its name is a kind of check already`},
		"the name of a key":        {[]suitefile.Kind{named("by")}, `the kind of check "by" cannot be added: its name is a key of every check`},
		"a key that all have":      {[]suitefile.Kind{named("x", form.Key{Name: "id"})}, `the kind of check "x" cannot have the key "id": it is a key of every check`},
		"a key that names a kind":  {[]suitefile.Kind{named("x", form.Key{Name: "unique"})}, `the kind of check "x" cannot have the key "unique": it is a kind of check already`},
		"no name":                  {[]suitefile.Kind{named("")}, `the kind of check "" has no name or no New`},
		"a key without a form":     {[]suitefile.Kind{named("x", form.Key{Name: "y"})}, `the kind of check "x" has no form for its key "y"`},
		"a draft of nothing":       {[]suitefile.Kind{{Name: "x", New: func() suitefile.Draft { return suitefile.Draft{} }}}, `the kind of check "x" makes no Check`},
		"nothing to read it with ": {[]suitefile.Kind{{Name: "x"}}, `the kind of check "x" has no name or no New`},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := parse(minimal+" [unique: id]", test.kinds...); err == nil || err.Error() != test.want {
				t.Errorf("Parse says %v", err)
			}
			if _, err := suitefile.Schema(with(test.kinds...)...); err == nil || err.Error() != test.want {
				t.Errorf("Schema says %v", err)
			}
		})
	}
}
