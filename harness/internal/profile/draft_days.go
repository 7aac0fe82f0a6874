package profile

import (
	"fmt"
	"slices"
	"time"

	"cloud.google.com/go/civil"
	"go.yaml.in/yaml/v4"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// recent is how old the newest day of a table may be that goes on.
const recent = 14

// first and last are the days that there are.
func (p *Profile) first() civil.Date { return p.Days[0].Day }
func (p *Profile) last() civil.Date  { return p.Days[len(p.Days)-1].Day }

// newest is the last day up to today, and how many days ago it was.
func (p *Profile) newest() (day civil.Date, age int) {
	today := civil.DateOf(p.Now.UTC())
	for _, d := range slices.Backward(p.Days) {
		if !d.Day.After(today) {
			return d.Day, today.DaysSince(d.Day)
		}
	}
	return p.last(), -today.DaysSince(p.last())
}

// over reports whether the days lie so far back that no more are to come.
func (p *Profile) over() bool {
	if len(p.Days) == 0 {
		return false
	}
	_, age := p.newest()
	return age > recent && !p.last().After(civil.DateOf(p.Now.UTC()))
}

// scope is the date column and its days.
func (d *Draft) scope() []*yaml.Node {
	p := d.profile
	if p.Date == nil || len(p.Days) == 0 {
		return nil
	}
	why := fmt.Sprintf("Of the days from %s to %s %s.", p.first(), p.last(), quality.Plural(int64(len(p.Days)), "has rows", "have rows"))
	if p.Date.Type != expr.Timestamp && !p.over() {
		why += " To decide: a day is over by UTC, unless zone: says whose it is."
	}
	out := []*yaml.Node{note(text("date"), why), text(p.Date.Name)}
	if p.Date.Type == expr.Timestamp {
		out = append(out, note(text("zone"), "To decide: whose days these are."), text("UTC"))
	}
	out = append(out, text("from"), day(p.first()))
	if p.over() {
		out = append(out, note(text("to"), "Nothing is newer: take this out where more is to come."), day(p.last()))
	}
	return out
}

// days claims that no day is lost, and that the newest is not old.
func (d *Draft) days() {
	p := d.profile
	if len(p.Days) == 0 {
		return
	}
	fewest, most := p.Days[0].Rows, p.Days[0].Rows
	for _, day := range p.Days {
		fewest, most = min(fewest, day.Rows), max(most, day.Rows)
	}
	if len(p.Days) > 1 && !p.unique(p.Date) {
		d.add(fmt.Sprintf("A day has from %s to %s.", quality.Grouped(fewest), quality.Plural(most, "row", "rows")), "rows",
			flow(mapping(text("at_least"), whole(d.fewest(fewest, 1)), text("at_most"), whole(d.most(most)))), p.byDay().keys()...)
	}
	d.grid()
	newest, age := p.newest()
	within := plain(fmt.Sprintf("%dd", max(age, p.widest(), 1)+1))
	if age >= 0 && age <= recent {
		d.add(fmt.Sprintf("The newest day is %s, and from one to the next it was up to %s of late.", newest, quality.Plural(int64(p.widest()), "day", "days")), "fresh", text(p.Date.Name), text("within"), within)
	} else if p.over() {
		d.suggest(fmt.Sprintf("The newest day, %s, is %s back: is more to come?", newest, quality.Plural(int64(age), "day", "days")), "fresh", text(p.Date.Name), text("within"),
			plain(fmt.Sprintf("%dd", max(p.widest(), 1)+1)))
	}
}

// lately is how many days that have rows say how often there are some.
const lately = 60

// widest is how many days lay between two days that have rows, at most, of late.
func (p *Profile) widest() int {
	out := 0
	for i := max(1, len(p.Days)-lately); i < len(p.Days); i++ {
		out = max(out, p.Days[i].Day.DaysSince(p.Days[i-1].Day))
	}
	return out
}

// mostExcepted is how many days without rows are listed.
const mostExcepted = 15

// grid claims that every day has rows, or every weekday, but for a few.
func (d *Draft) grid() {
	p := d.profile
	last := p.last()
	if !p.over() {
		age := 0
		if last, age = p.newest(); age > 1 {
			return // the days since are due, and nobody knows whether they are to come
		}
	}
	span := last.DaysSince(p.first()) + 1
	if span < 7 {
		return
	}
	has := map[civil.Date]bool{}
	for _, day := range p.Days {
		has[day.Day] = true
	}
	every := func(due func(civil.Date) bool) (missing []civil.Date, n int) {
		for day := p.first(); !day.After(last); day = day.AddDays(1) {
			if due(day) {
				if n++; !has[day] {
					missing = append(missing, day)
				}
			}
		}
		return missing, n
	}
	days, n := every(func(civil.Date) bool { return true })
	word := "day"
	if weekdays, m := every(func(d civil.Date) bool { w := d.In(time.UTC).Weekday(); return w != time.Saturday && w != time.Sunday }); len(days) > mostExcepted {
		days, n, word = weekdays, m, "weekday"
	}
	if len(days) > mostExcepted || len(days)*4 > n {
		return
	}
	keys := []*yaml.Node{text("every"), text(word)}
	why := fmt.Sprintf("Each of %s has rows", quality.Plural(int64(n), word, word+"s"))
	if len(days) > 0 {
		except := list()
		for _, d := range days {
			except.Content = append(except.Content, day(d))
		}
		keys = append(keys, text("except"), except)
		why += " but these"
	}
	d.add(why+".", "grid", text(p.Date.Name), keys...)
}
