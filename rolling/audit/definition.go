package audit

import (
	"fmt"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/rolling"
	"github.com/intactdata/intact/rolling/panel"
)

// A Definition is a way to make a column of averages: a window, over rows as a reading
// takes them. Nothing of it is refused: the value is over what is there.
type Definition struct {
	Spec    rolling.Spec
	Reading panel.Reading
}

// String says it in words.
func (d Definition) String() string { return windowText(d.Spec) + readings[d.Reading] }

var readings = map[panel.Reading]string{
	panel.Present: "",
	panel.Zeros:   ", a row that is not counted being 0",
	panel.Dropped: ", rows that are not counted being left out after they took a place",
}

func windowText(s rolling.Spec) string {
	text := fmt.Sprintf("%s of the last %s", s.Statistic(), sizeText(s.Window()))
	if s.Includes() {
		text += " and its own"
	}
	return text
}

// variants are the ways in which a window is often made otherwise than it is declared.
type variants struct {
	declared, including Definition
	zeros, dropped      Definition
	windows             []Definition // others than the declared one
}

// variantsOf are those of a spec. Its limits are none of theirs.
func variantsOf(s rolling.Spec) (variants, error) {
	over := func(w rolling.Window, options ...rolling.Option) (rolling.Spec, error) {
		if s.Includes() {
			options = append(options, rolling.Including())
		}
		return rolling.New(s.Statistic(), w, options...)
	}
	declared, err := over(s.Window())
	if err != nil {
		return variants{}, err
	}
	including, err := over(s.Window(), rolling.Including())
	if err != nil {
		return variants{}, err
	}
	out := variants{
		declared: Definition{declared, panel.Present}, including: Definition{including, panel.Present},
		zeros: Definition{declared, panel.Zeros}, dropped: Definition{declared, panel.Dropped},
	}
	n := s.Window().Rows() + s.Window().Days() // one of them is 0
	same, other := rolling.Last, rolling.Days
	if s.Window().Days() > 0 {
		same, other = other, same
	}
	for _, w := range []rolling.Window{other(n), same(n - 1), same(n + 1)} {
		if spec, err := over(w); err == nil { // of 0 rows there is none
			out.windows = append(out.windows, Definition{spec, panel.Present})
		}
	}
	return out, nil
}

// sizeText is how many rows or days a window is over.
func sizeText(w rolling.Window) string {
	if n := w.Days(); n > 0 {
		return quality.Plural(int64(n), "day", "days")
	}
	return quality.Plural(int64(w.Rows()), "row", "rows")
}
