package suitefile

import (
	"slices"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// suiteForm reads one suite and hands it to done, if there is nothing wrong.
func (r Reader) suiteForm(file string, kinds catalogue, done func(File, form.Found)) form.Form {
	f := File{Local: Local{Path: file}}
	var rules []rule
	s := &f.Suite
	var c calendar
	var common common
	var checks []form.Node // read once what they have in common is
	keys := slices.Concat([]form.Key{
		{Name: "suite", Doc: "What reports call the suite.", Form: form.Text(&s.Name), Required: true},
		{Name: form.VariablesKey, Doc: "What ${name} stands for in values of the suite, by name; nothing where it has to be given (--var name=VALUE). A value without quotes has the type that its text has there, an expression reads a literal, and sql reads none.", Form: form.VariablesForm()},
		{Name: "date", Doc: "The table's date column. Every scan is bounded by it.", Form: form.Text(&s.Date)},
		{Name: "where", Doc: "Limits the rows that the suite looks at.", Form: Expr(&s.Where)},
		{Name: "common", Doc: "Keys that all checks have which could and do not say otherwise: where, by, severity, bounds.", Form: common.form()},
		{Name: "calendar", Doc: "Another table that says what was due, and when: a date or segment with nothing due passes.", Form: c.form()},
	}, r.RowKeys(&f), []form.Key{
		{Name: "checks", Doc: "What must be true of the table.", Form: form.List(func() form.Form { return later(ruleForm(kinds, nil, nil), &checks) }), Required: true},
	})
	return form.Form{
		Schema: func() *jsonschema.Schema { return form.WithVariables(form.MapSchema(keys)) },
		Read: func(n form.Node) {
			before := n.Mistakes()
			found := n.ReadKeys(keys)
			for _, check := range checks {
				ruleForm(kinds, &common, &rules).Read(check)
			}
			common.idle()
			for _, r := range rules {
				s.Rules = append(s.Rules, r.Rule)
				f.Add(r.tables)
			}
			s.Calendar = c.Calendar
			f.Add(c.tables)
			if err := f.Dialect.Check(); err != nil && n.Mistakes() == before {
				n.Fail("%w", err)
			}
			told := f.Settle(found)
			for _, m := range s.Mistakes() {
				if m.Rule >= 0 || !slices.Contains(told, written[m.Field]) {
					report(m, found, rules)
				}
			}
			if n.Mistakes() == before {
				f.oneMore = adder(kinds, common, *s)
				done(f, found)
			}
		},
	}
}

// RowKeys are those that say whose rows a suite is about, how they are read and what
// may be spent on them: what a suite of another form has in common with all others. The
// Path of the file has to be there.
func (r Reader) RowKeys(f *File) []form.Key {
	s := &f.Suite
	return append([]form.Key{
		{Name: "owner", Doc: "Whom to ask.", Form: form.Text(&s.Owner)},
		{Name: "table", Doc: "The table that the checks are on: [project.]dataset.table.", Form: form.Text(&s.Table), Required: true},
		{Name: "zone", Doc: "The time zone whose calendar the dates are of, such as America/New_York. Defaults to UTC.", Form: form.Text(&s.Zone)},
		{Name: "from", Doc: "The first day of the scope: YYYY-MM-DD, or by the run's clock today, yesterday or today-14d.", Form: day(&s.From, &s.FromToday)},
		{Name: "to", Doc: "The last day of the scope: YYYY-MM-DD, or by the run's clock today, yesterday or today-14d.", Form: day(&s.To, &s.ToToday)},
		{Name: "max_segments", Doc: "How many segments a check may have; with more it is unknown, as with an id to group by. Defaults to 100,000.", Form: form.Positive(&s.MaxSegments)},
		{Name: "tables", Doc: "Tables that checks read, the suite's own among them if it likes: by name, or a file of them, relative to this file.", Form: r.tablesForm(f.Path, &f.Tables)},
		{Name: "rows_at_fault", Doc: "How many of the rows at fault are shown of each finding that fails, at most 100. Defaults to 5 of local rows; on BigQuery to none, for more columns are read for them.", Form: form.CountOr(&s.RowsAtFault)},
		{Name: "max_bytes", Doc: "Refuses a query of the suite that BigQuery would bill for more bytes.", Form: form.Positive(&s.MaxBytes)},
		{Name: "labels", Doc: "Labels on the suite's jobs in BigQuery.", Form: labels(&s.Labels)},
	}, f.Local.keys()...)
}

// written names the keys that fields of suites and rules are written as.
var written = map[string]string{
	"Name": "suite", "Table": "table", "Date": "date", "From": "from", "To": "to", "Zone": "zone", "Where": "where", "MaxSegments": "max_segments", "RowsAtFault": "rows_at_fault", "Tables": "tables", "Rules": "checks", "Calendar": "calendar", "MaxBytes": "max_bytes", "Labels": "labels",
	"ID": "id", "By": "by", "Expect": "expect", "NoneOK": "none", "Waiver": "waive", "Due": "due",
}

// report tells of a mistake where its field is written, unless that could not be
// read anyhow.
func report(m *quality.Mistake, suite form.Found, rules []rule) {
	found, failed := suite, suite.Failed(written[m.Field])
	if m.Rule >= 0 {
		found, failed = rules[m.Rule].found, rules[m.Rule].failed
	}
	if !failed {
		found.At(written[m.Field]).Fail("%w", m.Err)
	}
}
