package form_test

import (
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/intactdata/intact/quality/suitefile/form"
)

// TestWhatIsQuotedIsReadAgain: any text, as a value and in a list.
func TestWhatIsQuotedIsReadAgain(t *testing.T) {
	some := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{
		"", "season = '2025-26'", "minutes > 0", "a: b", "a #b", "true", "No", "null", "~", "1", "0x1", "- a", "x ", "a != 'b c'", "2026-01-05", "[a]", "{a}", "\x7f", "\u2028", "\ufeff", "=", "a =",
	}))
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(some, 1, 3).Draw(t, "texts")
		for _, text := range texts {
			if !utf8.ValidString(text) {
				t.Skip("no text")
			}
		}
		var one any
		all := make([]any, len(texts))
		next := 0
		doc := "one: " + form.Quote(texts[0]) + "\nall: " + form.QuoteAll(texts) + "\n"
		err := form.Read("test", "t.yaml", []byte(doc), func() form.Form {
			return form.Map(form.Key{Name: "one", Form: form.Scalar(&one)}, form.Key{Name: "all", Form: form.OneOrMore(func() form.Form {
				next++
				return form.Scalar(&all[min(next, len(all))-1])
			})})
		})
		require.NoError(t, err, doc)
		require.Equal(t, texts[0], one, doc)
		for i, text := range texts {
			require.Equal(t, text, all[i], doc)
		}
	})
}
