// Package exact computes sums, means, deviations and ratios of numbers, exact and
// rounded once. It knows no entity and no date: only values that follow one another.
package exact
