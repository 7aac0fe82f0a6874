package quality

// Report is what the suites of a run came to.
type Report struct {
	Verdict Verdict
	Suites  []SuiteReport
}

// SuiteReport is what one suite came to.
type SuiteReport struct {
	Suite   string
	Table   string
	Owner   string
	Verdict Verdict
	// Queries is how many statements served the suite.
	Queries int
	// BytesScanned is what the run's statements read, nil where the engine does
	// not know.
	BytesScanned *int64
	Checks       []CheckReport
}

// CheckReport is what one check came to.
type CheckReport struct {
	ID      string
	Kind    string
	Columns []string
	Claim   string
	// Where is the check's filter, "" for none, and WhereCounts how many rows of
	// the scope it was TRUE, FALSE and NULL for; nil if it was not measured.
	Where       string
	WhereCounts *Counts
	Verdict     Verdict
	// Reason is one line: that of the worst finding, and how many are like it.
	Reason   string
	Findings []Finding
}
