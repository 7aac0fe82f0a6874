// Package engines measures plans by Google's reference implementation of GoogleSQL,
// which runs the queries of package googlesql over tables handed to it.
package engines
