package publish

import (
	"cmp"
	"slices"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
)

// GuardSuite is what reports call the guards of the rows sent; those of the table as it is
// and as it would be are called so, too, with a word behind it.
const GuardSuite = "publish"

// sentGuards are those of the rows sent, which need no table.
func (r Request) sentGuards(sent expr.Schema, table quality.TableInfo, w Write) quality.Suite {
	out := quality.Suite{Name: GuardSuite + " rows sent", Table: Sent, Tables: []quality.Table{{Name: Sent, Key: r.Key}}}
	if claim := columnsOf(table, sent); len(claim) > 0 {
		out.Rules = append(out.Rules, quality.Rule{ID: "fits", Check: checks.Schema{Columns: claim, Fit: checks.Writable}})
	}
	out.Rules = append(out.Rules,
		quality.Rule{ID: "in_days", Check: checks.Assert{Of: w.Days}},
		quality.Rule{ID: "key", Check: checks.Unique{Columns: r.Key}})
	return out
}

// columnsOf are the columns that the rows have to have. One that they lack would be lost,
// so it is asked for as if it were REQUIRED. Where a text tells the type of a column, whole
// numbers today say nothing of tomorrow's, and an empty column says nothing at all.
func columnsOf(table quality.TableInfo, sent expr.Schema) []checks.SchemaColumn {
	out := checks.ColumnsOf(table)
	for i, c := range out {
		there, err := table.Schema.Field(c.Name)
		f, lacks := sent.Field(c.Name)
		if lacks != nil && f.Err == nil {
			out[i].Mode = quality.Required
		}
		if t, bad := expr.ParseStoredType(string(c.Type)); bad != nil || t != c.Type || err == nil && there.Text && there.Type.IsNumber() && f.Type.IsNumber() {
			out[i].Type = f.Type
		}
	}
	return slices.DeleteFunc(out, func(c checks.SchemaColumn) bool {
		t, err := expr.ParseStoredType(string(c.Type))
		return err != nil || t != c.Type
	})
}

// tableGuards are those of the table, given how many rows were sent and how many keys are
// there to lose. Rows without a date are neither written nor lost: what there may be of
// them is for the suites to say.
func (r Request) tableGuards(w Write, sent, present int64, there bool) []quality.Suite {
	some := quality.Suite{Name: GuardSuite + " rows", Table: Sent, Date: r.Date, Zone: r.Zone, From: r.From, To: r.To, Calendar: r.Calendar}
	some.Rules = []quality.Rule{{ID: "some", Check: checks.RowCount{Bounds: []quality.Bound{quality.AtLeast(quality.Count(1))}}}}
	would := quality.Suite{Name: GuardSuite + " result", Table: r.Table, Date: r.Date, Zone: r.Zone, From: r.From, To: r.To}
	exactly := []quality.Bound{quality.Between(quality.Count(sent), quality.Count(sent))}
	would.Rules = []quality.Rule{{ID: "written", Check: checks.RowCount{Bounds: exactly}, NullsOK: true}}
	if sent > 0 {
		would.Rules = append(would.Rules, quality.Rule{ID: "key", Check: checks.Unique{Columns: r.Key}, NullsOK: true})
	}
	out := []quality.Suite{some, would}
	if sent > 0 && there && !expr.Named(r.Key, r.Date) {
		out = append(out, r.elsewhere())
	}
	if there && present > 0 {
		out = append(out, r.kept(w.Days))
	}
	return out
}

// elsewhere is that no key that is sent stands in other days as well. Keys with a date in
// them cannot.
func (r Request) elsewhere() quality.Suite {
	return quality.Suite{Name: GuardSuite + " result, all days", Table: r.Table, Tables: []quality.Table{{Name: r.Table, Key: r.Key}}, Rules: []quality.Rule{
		{ID: "key", Check: checks.Unique{Columns: r.Key}, WhereIn: &quality.KeysOf{Table: Sent, Key: r.Key}},
	}}
}

// today is the day of the run, in the zone that waivers end by.
func (r Request) today() civil.Date {
	zone, err := expr.LoadZone(cmp.Or(r.Zone, "UTC"))
	if err != nil {
		zone = time.UTC // the suite says so itself
	}
	return civil.DateOf(r.Now.In(zone))
}

// kept is that the days lose no key.
func (r Request) kept(days expr.Expr) quality.Suite {
	rule := quality.Rule{ID: "kept", Check: checks.Only{Columns: r.Key, Of: checks.Against{Table: Sent}}, Where: days}
	if rule.WhereIn = r.Oracle; rule.WhereIn != nil {
		rule.NoneOK = true
	}
	if m := r.MayShrink; m != nil {
		rule.Waiver = &quality.Waiver{Owner: m.Owner, Reason: m.Reason, Until: r.today()}
	}
	return quality.Suite{
		Name: GuardSuite + " present", Table: Present, Zone: r.Zone, Rules: []quality.Rule{rule},
		Tables: []quality.Table{{Name: Present, Key: r.Key}},
	}
}
