package history

// runs are records by the run that they are of, as they follow one another.
type runs struct {
	last  map[string]*run // by id
	order []*run
}

// run is one writing of a run. What was written in two goes, one of them cut off, is
// not put together: rows can have changed between them.
type run struct {
	records []Record
	line    int // of the first
}

func newRuns() *runs { return &runs{last: map[string]*run{}} }

// add takes up the record of a line.
func (r *runs) add(of Record, line int) {
	known := r.last[of.RunID]
	if known == nil || of.Number != int64(len(known.records)+1) || of.Records != known.records[0].Records {
		known = &run{line: line}
		r.last[of.RunID] = known
		r.order = append(r.order, known)
	}
	known.records = append(known.records, of)
}

func (r *run) isWhole() bool { return int64(len(r.records)) == r.records[0].Records }

// whole are the records of whole runs, of an id those that came first.
func (r *runs) whole() []Record {
	var out []Record
	told := map[string]bool{}
	for _, one := range r.order {
		if id := one.records[0].RunID; one.isWhole() && !told[id] {
			told[id] = true
			out = append(out, one.records...)
		}
	}
	return out
}
