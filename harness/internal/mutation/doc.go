// Package mutation tests suites: it breaks the table of a suite in many ways, runs the
// suite on each broken twin, and for what the suite misses finds the check that would
// catch it.
package mutation
