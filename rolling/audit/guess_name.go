package audit

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
)

// hints are what the name of a stored column says of its window, the likelier first.
// A name can lie, so that each says what is tried and nothing is settled by it.
type hints struct {
	values    []string // columns of the rows
	stats     []string // as rolling.Statistic has them
	said      int      // how many of them the name says; the others are tried as well
	windows   []rolling.Window
	including bool
	sure      bool // the name says its number
}

// The words of names.
var (
	statWords = map[string][]string{
		"avg": {"avg"}, "mean": {"avg"}, "average": {"avg"}, "ave": {"avg"}, "ma": {"avg"},
		"sum": {"sum"}, "total": {"sum"}, "tot": {"sum"}, "count": {"count"}, "cnt": {"count"},
		"max": {"max"}, "highest": {"max"}, "min": {"min"}, "lowest": {"min"},
		"std": {"stddev_samp", "stddev_pop"}, "stddev": {"stddev_samp", "stddev_pop"}, "stdev": {"stddev_samp", "stddev_pop"}, "sd": {"stddev_samp", "stddev_pop"},
		"pct": {"ratio", "avg"}, "rate": {"avg", "ratio"}, "ratio": {"ratio", "avg"}, "per": {"ratio", "avg"}, "share": {"ratio", "avg"},
	}
	dayWords  = map[string]int{"d": 1, "day": 1, "days": 1, "w": 7, "week": 7, "weeks": 7, "month": 30, "months": 30}
	rowWords  = []string{"l", "last", "g", "game", "games", "match", "matches", "row", "rows", "start", "starts", "prev", "previous", "past", "prior"}
	inclWords = []string{"incl", "including", "inclusive", "current"}
)

// The sizes that are tried where a name says none.
var usualSizes = []int{3, 5, 7, 10, 14, 15, 20, 30}

// hintsOf reads a name, given the columns of the rows that are numbers.
func hintsOf(name string, numbers []string) hints {
	words := wordsOf(name)
	var h hints
	var rest []string
	said := slices.ContainsFunc(words, func(w string) bool { return statWords[w] != nil && w != "min" })
	for _, w := range words {
		switch {
		case statWords[w] != nil && !(w == "min" && said): // min is also minutes
			h.stats = appendNew(h.stats, statWords[w]...)
			if slices.Contains(statWords[w], "ratio") { // usage_rate is a column as well
				rest = append(rest, w)
			}
		case slices.Contains(inclWords, w):
			h.including = true
		case dayWords[w] == 0 && !slices.Contains(rowWords, w) && !isNumber(w):
			rest = append(rest, w)
		}
	}
	h.said = len(h.stats)
	h.stats = appendNew(h.stats, "avg")
	h.values = alike(rest, numbers)
	h.windows, h.sure = windowsOf(words)
	return h
}

// mostSize is the largest size that a name is taken to say: 2024 is a year.
const mostSize = 999

// windowsOf are the windows that words say: the number by its unit first, then by the
// other one, then those of one more and one less; and the usual ones where none is said.
func windowsOf(words []string) (out []rolling.Window, sure bool) {
	add := func(w rolling.Window) {
		if n := w.Rows() + w.Days(); n > 0 && n <= mostSize {
			out = appendNew(out, w)
		}
	}
	for _, s := range sizesOf(words) {
		if s.days > 0 {
			add(rolling.Days(s.days))
			add(rolling.Last(s.n))
		} else {
			s.days = s.n
			add(rolling.Last(s.n))
			add(rolling.Days(s.n))
		}
		for _, off := range [...]int{-1, 1} {
			add(rolling.Last(s.n + off))
			add(rolling.Days(s.days + off))
		}
	}
	if len(out) > 0 {
		return out, true
	}
	for _, n := range usualSizes {
		add(rolling.Last(n))
		add(rolling.Days(n))
	}
	return out, false
}

// A size is a number of a name, and how many days it is if its unit says so.
type size struct{ n, days int }

// sizesOf are the numbers beside a word that makes them sizes, and all of them where
// there is none: the 3 of threes_3pt_last_10 is no size.
func sizesOf(words []string) []size {
	var beside, bare []size
	for i, w := range words {
		n, err := strconv.Atoi(w)
		if !isNumber(w) || err != nil || n < 1 || n > mostSize {
			continue
		}
		s, unit := size{n: n}, ""
		if i+1 < len(words) {
			unit = words[i+1]
			s.days = n * dayWords[unit]
		}
		if s.days > 0 || slices.Contains(rowWords, unit) || i > 0 && slices.Contains(rowWords, words[i-1]) {
			beside = append(beside, s)
		} else {
			bare = append(bare, s)
		}
	}
	if len(beside) > 0 {
		return beside
	}
	return bare
}

func isNumber(w string) bool { return len(w) < 5 && strings.Trim(w, "0123456789") == "" && w != "" }

func appendNew[T comparable](to []T, values ...T) []T {
	for _, v := range values {
		if !slices.Contains(to, v) {
			to = append(to, v)
		}
	}
	return to
}

// wordsOf splits a name where its parts meet: points_avg_l10, pointsAvg7d.
func wordsOf(name string) []string {
	var out []string
	var word []rune
	end := func() {
		if len(word) > 0 {
			out = append(out, strings.ToLower(string(word)))
		}
		word = nil
	}
	var before rune
	for _, r := range name {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			end()
			before = r
			continue
		case unicode.IsDigit(r) != unicode.IsDigit(before), unicode.IsUpper(r) && unicode.IsLower(before):
			end()
		}
		word, before = append(word, r), r
	}
	end()
	return out
}

// alike are the columns that words name, those that they name best: in full, in part, or
// by an abbreviation such as pts.
func alike(words, columns []string) []string {
	best, out := 0, []string(nil)
	for _, c := range columns {
		parts := wordsOf(c)
		score := 0
		for i, p := range parts {
			switch {
			case slices.Contains(words, p):
				score += 9
			case slices.ContainsFunc(words, func(w string) bool { return abbreviates(w, p) || isInitials(w, parts, i) }):
				score += 4
			default:
				score--
			}
		}
		if score > best {
			best, out = score, nil
		}
		if score == best && score > 0 {
			out = append(out, c)
		}
	}
	return out
}

// isInitials reports whether a word is that of the first letters of parts, such as fg of
// field_goals_made, the i-th among them.
func isInitials(word string, parts []string, i int) bool {
	if len(word) < 2 || i >= len(word) || len(word) > len(parts) {
		return false
	}
	for k := range word {
		if parts[k][0] != word[k] {
			return false
		}
	}
	return true
}

// abbreviates reports whether a word can stand for a longer one: its letters, in their
// order and beginning with the first.
func abbreviates(short, long string) bool {
	if len(short) < 2 || len(short) >= len(long) || short[0] != long[0] {
		return false
	}
	for _, r := range long {
		if short != "" && rune(short[0]) == r {
			short = short[1:]
		}
	}
	return short == ""
}

// numbersOf are the columns that windows can be over, but for those of the key.
func numbersOf(s expr.Schema, key []string) []string {
	var out []string
	for _, f := range s {
		if f.Err == nil && (f.Type.IsNumber() || f.Type == expr.Bool) && f.Type != expr.BigNumeric && !expr.Named(key, f.Name) {
			out = append(out, f.Name)
		}
	}
	return out
}
