package suitefile

import (
	"slices"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// rule is a check that is being read, with what fits any check.
type rule struct {
	quality.Rule
	severity string
	expect   segments
	waived   segments
	keyed    segments // that are waived
	tables   []Table  // that only this check reads
	found    form.Found
	failed   bool
}

// keys are those that fit any check.
func (r *rule) keys() []form.Key {
	return []form.Key{
		{Name: "id", Doc: "What reports call the check. Defaults to its kind and columns.", Form: form.Text(&r.ID)},
		{Name: "tags", Doc: "Further names, for --only: a text, or a list of them.", Form: form.Texts(&r.Tags)},
		{Name: "where", Doc: "Names the population. If it is TRUE for no row, the verdict is unknown unless none: ok. An expression over the columns of a row, or {key: …, table: …, column: …, where: …}, rows whose key another table has.", Form: r.population()},
		{Name: "by", Doc: "Group-by columns, or names with expressions such as {month: 'DATE_TRUNC(game_date, MONTH)'}; the check must hold in each segment by itself.", Form: by(&r.Rule)},
		{Name: "expect", Doc: "Segments that must be there: values of the by column; for several columns, lists or maps of values; or {table: …, column: …, where: …}, those that another table has.", Form: r.expected()},
		{Name: "severity", Doc: "warn makes a failure a warning. Defaults to fail.", Form: form.Choice(&r.severity, "warn", "fail")},
		{Name: "null", Doc: "ok: NULL dates, NULL parts of a key, and rows that a rule is NULL for, are set aside.", Form: form.Word(&r.NullsOK, "ok")},
		{Name: "none", Doc: "ok: no row where the filter is TRUE is a pass.", Form: form.Word(&r.NoneOK, "ok")},
		{Name: "due", Doc: "When the rows of a date are due, such as 06:00 America/New_York + 36h. Defaults to what the calendar says.", Form: DueTime(&r.Due)},
		{Name: "waive", Doc: "Lets a known failure through until a day.", Form: r.waiver()},
		{Name: "set_aside", Doc: "Rows that break the rule are no part of what intact publish writes, as long as they are no more than this share of the rows sent.", Form: r.setAside()},
	}
}

// setAside is how many rows may be set aside.
func (r *rule) setAside() form.Form {
	var most []quality.Bound
	keys := FewBounds(&most)
	return form.Form{
		Schema: func() *jsonschema.Schema { return form.OneAtLeast(form.MapSchema(keys), keys) },
		Read: func(n form.Node) {
			before := n.Mistakes()
			n.ReadKeys(keys)
			switch {
			case n.Mistakes() > before:
			case len(most) != 1:
				n.Fail("write how many rows may be set aside: at_most: 2%%")
			default:
				r.SetAside = &most[0]
			}
		},
	}
}

// ofRows are those of them that are about rows.
var ofRows = []string{"where", "by", "expect", "null", "none", "set_aside"}

// beside are those of them that a check of a kind can have.
func (r *rule) beside(k Kind) []form.Key {
	return slices.DeleteFunc(r.keys(), func(key form.Key) bool { return k.NoRows && slices.Contains(ofRows, key.Name) })
}

func (r *rule) waiver() form.Form {
	var w quality.Waiver
	f := form.Map(
		form.Key{Name: "owner", Doc: "Who answers for it.", Form: form.Text(&w.Owner), Required: true},
		form.Key{Name: "reason", Doc: "Why it is let through.", Form: form.Text(&w.Reason), Required: true},
		form.Key{Name: "until", Doc: "The last day it holds, YYYY-MM-DD.", Form: form.Date(&w.Until), Required: true},
		form.Key{Name: "segments", Doc: "The segments it is for, written as in expect. Defaults to all.", Form: r.waived.form()},
		form.Key{Name: "keys", Doc: "Instead, the keys it is for, of a check of keys: the check must hold without them. Written as in expect, a value per column of the key.", Form: r.keyed.form()},
		form.Key{Name: "down_to", Doc: "The share below which the check fails all the same, held against what is left without the keys; of a share that is to be small there is none.", Form: Share(&w.DownTo)},
	)
	return form.Form{Schema: f.Schema, Read: func(n form.Node) {
		f.Read(n)
		r.Waiver = &w
	}}
}

// ruleForm reads one check and adds it to the rules, right or wrong, so that
// they are numbered as in the file.
func ruleForm(kinds catalogue, shared *common, into *[]rule) form.Form {
	return form.Form{
		Schema: func() *jsonschema.Schema { return ruleSchema(kinds) },
		Read: func(n form.Node) {
			r := new(rule)
			r.read(n, kinds, shared)
			*into = append(*into, *r)
		},
	}
}

// ruleSchema refers to the keys that fit any check, which Schema defines once.
func ruleSchema(kinds catalogue) *jsonschema.Schema {
	s := &jsonschema.Schema{}
	for _, k := range kinds.kinds {
		draft := k.New()
		one := form.OneAtLeast(form.MapSchema(k.keys(draft)), draft.Bounds)
		one.Title = k.Name
		for _, common := range new(rule).beside(k) {
			one.Properties[common.Name] = &jsonschema.Schema{Ref: "#/$defs/" + common.Name}
			one.PropertyOrder = append(one.PropertyOrder, common.Name)
		}
		s.OneOf = append(s.OneOf, one)
	}
	return s
}

func (r *rule) read(n form.Node, kinds catalogue, shared *common) {
	before := n.Mistakes()
	keys := r.keys()
	kind, known := kinds.kindOf(n)
	var draft Draft
	if known {
		draft = kind.New()
		keys = append(kind.keys(draft), r.beside(kind)...)
	} else {
		keys = append(keys, unreadable(n)...)
	}
	r.found = shared.with(n, keys).ReadKeys(keys)
	r.WarnOnly = r.severity == "warn"
	if !r.found.Failed("by") {
		r.Expect = r.expect.values(r.By)
		if r.Waiver != nil {
			r.Waiver.Segments = r.waived.values(r.By)
		}
	}
	r.failed = n.Mistakes() > before
	if r.failed {
		return
	}
	r.Check = draft.Check()
	if r.Waiver != nil {
		r.Waiver.Keys = r.keyed.keys(r.Check)
		r.failed = n.Mistakes() > before
	}
	if draft.Tables != nil {
		r.tables = append(r.tables, draft.Tables()...)
	}
}

// unreadable are the keys of a check without a kind: whether they are right
// cannot be said.
func unreadable(n form.Node) []form.Key {
	var out []form.Key
	for _, e := range n.Entries() {
		out = append(out, form.Key{Name: e.Name, Form: form.Form{Read: func(form.Node) {}}})
	}
	return out
}
