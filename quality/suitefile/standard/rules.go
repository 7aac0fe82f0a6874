package standard

import (
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// Kinds about rows, and about what rows come to together.

var assert = suitefile.Kind{
	Name:    "assert",
	Doc:     "A predicate is TRUE of every row: paint + mid + three = 100.",
	Claim:   `The predicate is TRUE. Where it is NULL the row does not satisfy, and is told, unless null: ok sets such rows aside.`,
	Formula: "rows where it is TRUE / rows",
	Example: `
- assert: made <= attempted
  where: attempted IS NOT NULL`,
	New: func() suitefile.Draft {
		var c checks.Assert
		return suitefile.Draft{Value: suitefile.Expr(&c.Of), Keys: suitefile.ShareBounds(&c.Bounds), Check: func() quality.Check { return c }}
	},
}

var implies = suitefile.Kind{
	Name:    "implies",
	Doc:     "Where one predicate is TRUE so is another: {if: is_dnp IS TRUE, then: points IS NULL}.",
	Claim:   `NOT if OR then is TRUE. Rows where if is FALSE satisfy, and how often it was TRUE is told. Where neither decides, because one of them is NULL, the row does not satisfy, unless null: ok sets such rows aside.`,
	Formula: "rows where NOT if OR then is TRUE / rows",
	Example: `
- implies: {if: is_dnp IS TRUE, then: points IS NULL}`,
	New: func() suitefile.Draft {
		var c checks.Implies
		return suitefile.Draft{
			Value: form.Map(
				form.Key{Name: "if", Doc: "The predicate that decides whether a row is meant.", Form: suitefile.Expr(&c.If), Required: true},
				form.Key{Name: "then", Doc: "The predicate that must be TRUE of it.", Form: suitefile.Expr(&c.Then), Required: true},
			),
			Keys:  suitefile.ShareBounds(&c.Bounds),
			Check: func() quality.Check { return c },
		}
	},
}

var total = suitefile.Kind{
	Name:    "total",
	Doc:     "Parts of each row add up: {of: [paint, mid, three], to: 100, tolerance: 2}.",
	Claim:   `The parts of a row add up to a number, give or take the tolerance. Where all parts are NULL there is no total, and such rows are told beside the others; where some are the row does not satisfy, unless null: ok sets it aside as well. NaN adds up to nothing. A table without any total is unknown.`,
	Formula: "rows whose parts add up / rows of which not all parts are NULL",
	Example: `
- total: {of: [paint_share, mid_share, three_share], to: 100, tolerance: 0.5}`,
	New: func() suitefile.Draft {
		var c checks.Total
		return suitefile.Draft{
			Value: form.Map(
				form.Key{Name: "of", Doc: "The columns that are added.", Form: form.Texts(&c.Of), Required: true},
				form.Key{Name: "to", Doc: "What they add up to.", Form: suitefile.NumberValue(&c.To), Required: true},
				form.Key{Name: "tolerance", Doc: "How far off a total may be. Defaults to 0.", Form: suitefile.NumberValue(&c.Tolerance)},
			),
			Keys:  suitefile.ShareBounds(&c.Bounds),
			Check: func() quality.Check { return c },
		}
	},
}

var group = suitefile.Kind{
	Name:    "group",
	Doc:     "A predicate over aggregates is TRUE of every group of rows: {by: [player, game_date], assert: 'max(line) = max_if(line, is_active)'}.",
	Claim:   `The predicate is TRUE of each group. It is over the columns of by and over count(), count_if(p), sum(x), min(x), max(x), mean(x), stddev(x), variance(x), distinct(x), and each of those of a value with _if over the rows where a predicate is TRUE: max_if(x, p). NULL is a value to group by. Where the predicate is NULL the group does not satisfy, and is told, unless null: ok sets such groups aside. The by beside group is of its own by's columns.`,
	Formula: "groups where it is TRUE / groups",
	Example: `
- group: {by: [player_lookup, game_date], assert: count_if(is_active) = 1}`,
	New: func() suitefile.Draft {
		var c checks.Group
		return suitefile.Draft{
			Value: form.Map(
				form.Key{Name: "by", Doc: "The columns to group by.", Form: form.Texts(&c.By), Required: true},
				form.Key{Name: "assert", Doc: "The predicate.", Form: suitefile.Aggregated(&c.Assert), Required: true},
			),
			Keys:  suitefile.ShareBounds(&c.Bounds),
			Check: func() quality.Check { return c },
		}
	},
}

var monotone = suitefile.Kind{
	Name:    "monotone",
	Doc:     "Values never fall as time goes on: {column: total, of: player, at: game_date}.",
	Claim:   `From one time to the next, of each of which there are several where values tie, the least value is at least the greatest of the time before (with strict: true, more). It is judged within each of, and each segment. NULLs, NaN and infinities are passed over and told. Values without a time have no place: unknown, unless null: ok sets them aside. Where no value has another time there is nothing to judge: unknown.`,
	Formula: "steps from one time to the next that do not fall / steps",
	Example: `
- monotone: {column: career_points, of: player_lookup, at: game_date}`,
	New: func() suitefile.Draft {
		var c checks.Monotone
		return suitefile.Draft{
			Value: form.Map(
				form.Key{Name: "column", Doc: "The column that must not fall.", Form: form.Text(&c.Column), Required: true},
				form.Key{Name: "of", Doc: "Whose values they are: a column, or a list of them. Defaults to the whole table.", Form: form.Texts(&c.Of)},
				form.Key{Name: "at", Doc: "The column of their times.", Form: form.Text(&c.At), Required: true},
				form.Key{Name: "strict", Doc: "true: it rises, and may not stay.", Form: form.Bool(&c.Strict)},
			),
			Keys:  suitefile.ShareBounds(&c.Bounds),
			Check: func() quality.Check { return c },
		}
	},
}
