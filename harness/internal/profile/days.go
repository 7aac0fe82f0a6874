package profile

import (
	"cmp"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// dateColumn is the column that tells what day a row is about: one that has no NULL,
// a DATE rather than a time, and one that is called so rather than after what a
// pipeline did. Of several it is the first. A table that has to be filtered by one has
// that one.
func (p *Profile) dateColumn(needed string) *Column {
	var found []*Column
	for _, c := range p.Columns {
		if needed != "" && !strings.EqualFold(c.Name, needed) {
			continue
		}
		if c.tellsTime() && p.full(c) {
			found = append(found, c)
		}
	}
	if len(found) == 0 {
		return nil
	}
	rank := func(c *Column) int {
		rank := 0
		if c.Type != expr.Date {
			rank++
		}
		if calledLike(c.Name, "created", "updated", "processed", "loaded", "inserted", "ingested", "modified", "birth", "born", "expires", "until", "available") {
			rank += 4
		}
		if !calledLike(c.Name, "date", "day", "time", "at", "ts", "on") {
			rank += 2
		}
		return rank
	}
	return slices.MinFunc(found, func(a, b *Column) int { return cmp.Compare(rank(a), rank(b)) })
}

// tellsTime reports whether the values are days or times.
func (c *Column) tellsTime() bool {
	return (c.Type == expr.Date || c.Type == expr.Timestamp || c.Type == expr.DateTime) && c.Err == nil && c.Unknown == nil
}

// calledLike reports whether one of the words that a name is made of is among some:
// game_date, GameDate and "Game Date" are made of game and date.
func calledLike(name string, words ...string) bool {
	return slices.ContainsFunc(wordsOf(name), func(w string) bool { return slices.Contains(words, w) })
}

func wordsOf(name string) []string {
	var spaced strings.Builder
	lower := false
	for _, r := range name {
		if r >= 'A' && r <= 'Z' && lower {
			spaced.WriteByte(' ')
		}
		lower = r >= 'a' && r <= 'z'
		spaced.WriteRune(r)
	}
	return strings.FieldsFunc(strings.ToLower(spaced.String()), func(r rune) bool { return strings.ContainsRune(" _-./:#", r) })
}

// byDay groups by the days of the date column.
func (p *Profile) byDay() By {
	if p.Date.Type == expr.Date {
		return By{Name: p.Date.Name}
	}
	return By{Name: p.free("day"), Of: expr.Col(p.Date.Name).Date()}
}

// free is a name that no column has.
func (p *Profile) free(name string) string {
	for slices.ContainsFunc(p.Columns, func(c *Column) bool { return strings.EqualFold(c.Name, name) }) {
		name += "_of_rows"
	}
	return name
}
