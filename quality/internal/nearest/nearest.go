// Package nearest finds the name that a misspelt one was probably meant to be.
package nearest

import (
	"fmt"
	"slices"
	"strings"
)

// Name returns the candidate closest to word, or "" when none is close enough
// to be worth asking about.
func Name(word string, candidates []string) string {
	folded := strings.ToLower(word)
	best, at := "", 1+max(1, len([]rune(folded))/3)
	for _, c := range slices.Sorted(slices.Values(candidates)) {
		if d := distance(letters(folded), letters(strings.ToLower(c))); d < at {
			best, at = c, d
		}
	}
	return best
}

// Hint is Name as the tail of an error text: ` (did you mean "x"?)`, or "".
func Hint(word string, candidates []string) string {
	if n := Name(word, candidates); n != "" {
		return fmt.Sprintf(" (did you mean %q?)", n)
	}
	return ""
}

// letters drops what people forget or exchange most: underscores, dashes, blanks.
func letters(s string) []rune {
	return []rune(strings.NewReplacer("_", "", "-", "", " ", "").Replace(s))
}

// distance is the optimal string alignment distance: insertions, deletions,
// substitutions and exchanges of neighbours.
func distance(a, b []rune) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, rows[i-2][j-2]+1)
			}
			rows[i][j] = d
		}
	}
	return rows[len(a)][len(b)]
}
