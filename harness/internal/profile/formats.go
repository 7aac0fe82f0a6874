package profile

import (
	"context"
	"slices"
	"time"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files/dialect"
)

// formats are how dates are written that are not of ISO 8601.
var formats = []string{
	"%m/%d/%Y", "%d/%m/%Y", "%m-%d-%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d", "%m/%d/%y", "%d/%m/%y", "%d.%m.%y",
	"%a %b %d %Y", "%a, %b %d, %Y", "%b %d, %Y", "%B %d, %Y", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y",
	"%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y/%m/%d %H:%M", "%Y/%m/%d %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S",
	"%m/%d/%Y %H:%M", "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M:%S", "%d/%m/%Y %H:%M:%S",
}

// Formats are those of dates that some texts of a column are written in: the first and
// the last of them, and the most frequent. All others are still to be read.
func (c *Column) Formats() []string {
	if c.Err != nil || c.Unknown != nil || c.Values == 0 || c.Type != expr.String {
		return nil
	}
	texts := []string{c.Min.String(), c.Max.String()}
	for _, f := range c.Top {
		texts = append(texts, f.Value.String())
	}
	return slices.DeleteFunc(slices.Clone(formats), func(format string) bool {
		f, err := dialect.ParseTime(format)
		return err != nil || slices.ContainsFunc(texts, func(text string) bool {
			_, ok := f.Read([]byte(text), f.Type(nil), nil)
			return !ok
		})
	})
}

// Reads reports whether all values of a column can be read.
func Reads(ctx context.Context, engine quality.Engine, now time.Time, table, column string) (bool, error) {
	c := &Column{Name: column}
	a := asker{engine: engine, now: now, suite: quality.Suite{Name: "profile", Table: table}}
	errs, err := a.ask(ctx, quality.Rule{Check: c.counts()})
	return err == nil && errs[0] == nil, err
}
