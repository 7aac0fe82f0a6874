package rolling

import (
	"cmp"
	"slices"
)

// Rank returns, for columns of one kind such as the game ids of the rows and
// those of the expected keys, each value's rank among all of them: an Order.
func Rank[T cmp.Ordered](columns ...[]T) [][]int64 {
	var all []T
	for _, c := range columns {
		all = append(all, c...)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	ranks := make([][]int64, len(columns))
	for i, c := range columns {
		ranks[i] = make([]int64, len(c))
		for k, v := range c {
			r, _ := slices.BinarySearch(all, v)
			ranks[i][k] = int64(r)
		}
	}
	return ranks
}

// Tie makes one order out of several, the first deciding before the second: each
// is what Rank returned for one order column.
func Tie(orders ...[][]int64) [][]int64 {
	if len(orders) == 0 {
		return nil
	}
	tied := orders[0]
	for _, next := range orders[1:] {
		span := int64(1)
		for _, column := range next {
			for _, rank := range column {
				span = max(span, rank+1)
			}
		}
		joined := make([][]int64, len(tied))
		for i := range tied {
			joined[i] = make([]int64, len(tied[i]))
			for k, rank := range tied[i] {
				joined[i][k] = rank*span + next[i][k]
			}
		}
		tied = Rank(joined...)
	}
	return tied
}
