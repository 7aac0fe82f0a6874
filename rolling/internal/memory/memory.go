// Package memory makes slices of memory that is used again from call to call.
package memory

import "slices"

// Resized returns s with length n, its memory used again; what it holds is undefined.
// What grows bit by bit, as the runs behind wide windows do, is not made anew for each.
func Resized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, max(n, cap(s)+cap(s)>>2))
	}
	return s[:n]
}

// Zeroed returns s with length n, all zero.
func Zeroed[T any](s []T, n int) []T {
	s = Resized(s, n)
	clear(s)
	return s
}

// Longer returns s with length n, what it holds kept.
func Longer[T any](s []T, n int) []T {
	if cap(s) >= n {
		return s[:n]
	}
	grown := make([]T, n, max(n, 2*cap(s)))
	copy(grown, s)
	return grown
}

// Room returns s with room for n more. It grows by as much as it holds: append grows what
// is large by a quarter, and moves most of it five times.
func Room[T any](s []T, n int) []T {
	if cap(s)-len(s) >= n {
		return s
	}
	return slices.Grow(s, max(n, len(s)))
}
