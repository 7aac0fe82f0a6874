package suitefile_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/suitefile"
)

// sameMeaning compares what has one text for each meaning by that text.
var sameMeaning = cmp.Options{
	cmp.Comparer(func(a, b expr.Expr) bool { return a.String() == b.String() }),
	cmp.Comparer(func(a, b quality.Bound) bool { return a.Human() == b.Human() }),
	cmp.Comparer(func(a, b quality.Limit) bool { return a.String() == b.String() }),
	cmp.Comparer(func(a, b expr.Value) bool { return a == b }),
	cmpopts.IgnoreUnexported(suitefile.File{}),
	cmpopts.IgnoreFields(suitefile.File{}, "Digest"), // which is of the text
}

func TestParse(t *testing.T) {
	for _, test := range good {
		t.Run(test.name, func(t *testing.T) {
			got, err := parse(test.yaml)
			if err != nil {
				t.Fatal(err)
			}
			want := make([]suitefile.File, len(test.want))
			for i, f := range test.want {
				f.Path = "s.yaml"
				want[i] = f
			}
			if diff := cmp.Diff(want, got, sameMeaning); diff != "" {
				t.Errorf("the suite means something else (-want +got):\n%s", diff)
			}
		})
	}
}

// A suite is told from one that was changed by what its file says, down to the byte.
func TestDigest(t *testing.T) {
	const text = "suite: s\ntable: d.t\nchecks:\n  - rows: {at_least: 1}\n"
	digest := func(text string) string {
		got, err := parse(text)
		if err != nil || len(got) != 1 {
			t.Fatal(len(got), err)
		}
		return got[0].Digest
	}
	const want = "sha256:db808a6b58416bcaffd39b0e5b936bf78a3198d9c82b316806bc45704d6eb166"
	if got := digest(text); got != want {
		t.Errorf("the digest is %s, not %s, which sha256sum prints", got, want)
	}
	if digest(text) == digest(text+"\n") {
		t.Error("two files have one digest")
	}
}

func FuzzParse(f *testing.F) {
	for _, g := range good {
		f.Add(g.yaml)
	}
	for _, m := range mistakes {
		f.Add(m.yaml)
	}
	schema := resolvedSchema(f)
	f.Fuzz(func(t *testing.T, text string) {
		files, err := parse(text)
		if err != nil {
			return
		}
		for _, file := range files {
			if err := file.Suite.Validate(); err != nil {
				t.Errorf("what was read is no suite: %v", err)
			}
		}
		for _, document := range asJSON(t, text) {
			if err := schema.Validate(document); err != nil {
				t.Errorf("what was read does not fit the schema: %v", err)
			}
		}
	})
}
