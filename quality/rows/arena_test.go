package rows

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// A text that is longer than a chunk leaves room behind it, where none can begin.
func TestArenaKeepsTextsOfAnyLength(t *testing.T) {
	var a arena
	var texts []string
	for i, n := range []int{3, 1 << 20, 1, 1<<20 + 1, 1, 3_000_001, 2, 0, 1 << 10, 1<<21 - 1, 7} {
		texts = append(texts, strings.Repeat(string(rune('a'+i)), n))
	}
	refs := make([]uint64, len(texts))
	for i, s := range texts {
		refs[i] = a.put(s)
	}
	for i, s := range texts {
		assert.True(t, a.text(refs[i]) == s, "text %d, of %d bytes", i, len(s))
	}
}
