package features

import (
	"slices"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// CertificateVersion is that of the certificate's form.
const CertificateVersion = 1

// Certificate is what an open gate hands out: what was checked, with which bounds, on
// which rows, and what they came to. Only [Gate.Open] and [ParseCertificate] make one; the
// zero Certificate certifies nothing.
type Certificate struct {
	content content
	signed  *signature
}

// content is what is certified, as it is written.
type content struct {
	Version int    `json:"version"`
	Set     string `json:"set"`
	Owner   string `json:"owner,omitempty"`
	// Text is the set as it was written, and File where, "" of one that was made in Go.
	Text   string   `json:"text,omitempty"`
	File   string   `json:"file,omitempty"`
	At     string   `json:"at"`
	ReadAt string   `json:"read_at,omitempty"`
	Engine string   `json:"engine"`
	Intact string   `json:"intact,omitempty"`
	Source []string `json:"source"`
	Scope  scope    `json:"scope"`
	Rows   counts   `json:"rows"`
	Claims []claim  `json:"claims"`
	// View is the query of the rows that are trained on.
	View string `json:"view"`
	// Entries are what the label and each feature came to.
	Entries []Entry `json:"entries"`
}

// scope is the rows that are trained on, as expressions.
type scope struct {
	Table    string   `json:"table"`
	Date     string   `json:"date"`
	From     string   `json:"from,omitempty"`
	To       string   `json:"to,omitempty"`
	Zone     string   `json:"zone"`
	Eligible string   `json:"eligible,omitempty"`
	Training string   `json:"training"`
	Key      []string `json:"key"`
	Label    *label   `json:"label_of,omitempty"`
	By       []named  `json:"by"`
	Month    named    `json:"month"`
	// Columns are those of the label, which is the first, and of the features.
	Columns []column `json:"columns"`
}

// column is what there are entries of.
type column struct {
	Name   string `json:"name"`
	Column string `json:"column"`
	Round  *int   `json:"round,omitempty"`
}

// label is where the label is found, where that is another table.
type label struct {
	Table string  `json:"table"`
	Where string  `json:"where,omitempty"`
	Of    string  `json:"of"`
	Keys  []named `json:"keys"`
}

// named is an expression by a name.
type named struct {
	Name string `json:"name"`
	Of   string `json:"of"`
}

// counts are how many rows there were.
type counts struct {
	Eligible *int64 `json:"eligible,omitempty"`
	Labelled int64  `json:"labelled"`
	Training int64  `json:"training"`
}

// claim is a check that held, or warned.
type claim struct {
	ID      string `json:"id"`
	Claim   string `json:"claim"`
	Where   string `json:"where,omitempty"`
	Verdict string `json:"verdict"`
	Reason  string `json:"reason"`
}

func newCertificate(g Gate, o *Opening, info quality.TableInfo, month quality.Column, of []Entry, view string) *Certificate {
	s, r := g.Set, o.Report
	suite := r.Suites[0]
	zone, _ := expr.LoadZone(suite.Scope.Zone) // which it was planned in
	c := content{
		Version: CertificateVersion, Set: s.Name, Owner: s.Owner, Text: s.Text, File: s.File,
		At: r.At.UTC().Format(time.RFC3339Nano), Engine: r.Engine, Intact: g.Version, Source: slices.Concat([]string{}, info.Identity.Of),
		Scope: scope{
			Table: s.Table, Date: suite.Scope.Date, From: dayText(suite.Scope.From), To: dayText(suite.Scope.To), Zone: suite.Scope.Zone,
			Eligible: s.Where.At(g.Now, zone).String(), Training: s.Training().String(), Key: s.Key, By: []named{},
			Month: named{month.Name, month.Of.String()},
		},
		Rows: counts{Labelled: o.Losses.Labelled, Training: o.Losses.Training},
		View: view, Entries: of,
	}
	if n := suite.Scope.WhereCounts; n != nil {
		c.Rows.Eligible = &n.True
	}
	if !r.ReadAt.IsZero() {
		c.ReadAt = r.ReadAt.UTC().Format(time.RFC3339Nano)
	}
	for _, name := range s.By {
		of := expr.Col(name)
		for _, made := range s.Computed {
			if made.Name == name {
				of = made.Of.At(g.Now, zone)
			}
		}
		c.Scope.By = append(c.Scope.By, named{name, of.String()})
	}
	if s.LabelOf != nil {
		b := s.LabelOf.beside(s)
		c.Scope.Label = &label{Table: b.Table, Where: b.Where.At(g.Now, zone).String(), Of: b.Columns[0].Of.String()}
		for _, k := range b.Keys {
			c.Scope.Label.Keys = append(c.Scope.Label.Keys, named{k.Name, k.Of.String()})
		}
	}
	for _, a := range s.accounted() {
		c.Scope.Columns = append(c.Scope.Columns, column{a.name, a.column, a.round})
	}
	for _, check := range suite.Checks {
		c.Claims = append(c.Claims, claim{check.ID, check.Claim, check.Where, check.Verdict.String(), check.Reason})
	}
	return &Certificate{content: c}
}

func dayText(d civil.Date) string {
	if d == (civil.Date{}) {
		return ""
	}
	return d.String()
}

// Set is the name of the set.
func (c *Certificate) Set() string { return c.content.Set }

// Table is the table whose rows are certified.
func (c *Certificate) Table() string { return c.content.Scope.Table }

// Rows is how many rows are trained on.
func (c *Certificate) Rows() int64 { return c.content.Rows.Training }

// Entries are what the label and each feature came to in each segment and month.
func (c *Certificate) Entries() []Entry { return slices.Clone(c.content.Entries) }

// View is the query, in GoogleSQL, of just the rows that are certified.
func (c *Certificate) View() string { return c.content.View }

// Declared is what the set's file says of where local rows are and how they are read, as
// the set was written then; nothing of a set that was made in Go. Other files that it
// names are read anew.
func (c *Certificate) Declared(readFile func(name string) ([]byte, error)) (File, error) {
	if c.content.Text == "" {
		return File{}, nil
	}
	files, err := Read(c.content.File, func(name string) ([]byte, error) {
		if name == c.content.File {
			return []byte(c.content.Text), nil
		}
		return readFile(name)
	})
	for _, f := range files {
		if f.Set.Name == c.content.Set {
			return f, err
		}
	}
	return File{}, err
}

// Checks is the suite that Verify measures, for those who have to find its rows.
func (c *Certificate) Checks() (quality.Suite, error) { return c.suite() }
