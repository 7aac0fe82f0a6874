package panel

import (
	"fmt"

	"github.com/intactdata/intact/rolling"
)

// Answers are the windows of a panel, as of each of its points. They are safe for
// concurrent use.
type Answers struct {
	panel    *Panel
	result   rolling.Result
	unjudged string
}

// Len is how many points there are: windows are answered as of each, in the order of
// their rows.
func (a *Answers) Len() int { return len(a.panel.asked().owner) }

// Specs is how many windows were asked for.
func (a *Answers) Specs() int { return a.result.Specs() }

// Windows are the answers to the i-th window of the spec.
func (a *Answers) Windows(i int) rolling.Windows { return a.result.Windows(i) }

// Point says whose and which time a point is, and where it stands.
func (a *Answers) Point(i int) string {
	k := a.panel.asked()
	return fmt.Sprintf("%s as of %s (%s)", k.ownerText(i), k.timeText(i), k.where(i))
}

// Lines are those that the points of a file begin on, and which point is the first.
func (a *Answers) Lines(file string) (first int, lines []uint32) {
	return a.panel.asked().places.inFile(file)
}
