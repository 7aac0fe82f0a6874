// Package rolling computes averages over the last rows or the last days of an
// entity, and refuses those that are not whole.
package rolling
