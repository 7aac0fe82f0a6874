package shape

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func shapeOf(texts ...string) *Shape {
	var s Shape
	for _, text := range texts {
		s.Add(text)
	}
	return &s
}

func TestPatterns(t *testing.T) {
	for _, c := range []struct {
		texts         []string
		strict, loose string
	}{
		{[]string{"20231024_LAL_DEN", "20240301_BOS_NYK"}, `^\d{8}_[A-Z]{3}_[A-Z]{3}$`, `^\d+_[A-Z]+_[A-Z]+$`},
		{[]string{"doncilu01", "smithza02"}, `^[a-z]{7}\d{2}$`, `^[a-z]+\d+$`},
		{[]string{"7:30p", "10:00p"}, `^\d+:\d{2}[a-z]$`, `^\d+:\d+[a-z]+$`},
		{[]string{strings.Repeat("a", 1001) + "1"}, `^[a-z]+\d$`, `^[a-z]+\d+$`},
		{[]string{strings.Repeat("a1", 17)}, `^[a-z\d]+$`, `^[a-z\d]+$`},
		{[]string{"a--1"}, `^[a-z]\-{2}\d$`, `^[a-z]+\-{2}\d+$`},
	} {
		s := shapeOf(c.texts...)
		require.Equal(t, c.strict, s.Pattern())
		require.Equal(t, c.loose, s.Loose().Pattern())
	}
}

func TestTextsMatchTheirPatterns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(rapid.StringMatching(`[ -~]{1,12}`), 1, 6).Draw(t, "texts")
		s := shapeOf(texts...)
		for _, pattern := range []string{s.Pattern(), s.Loose().Pattern()} {
			re := regexp.MustCompile(pattern)
			for _, text := range texts {
				require.True(t, re.MatchString(text), "%s of %q", pattern, text)
			}
		}
	})
}
