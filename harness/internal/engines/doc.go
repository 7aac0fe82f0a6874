// Package engines makes the engines that suites are proven on: BigQuery's
// emulator, and Google's reference implementation of GoogleSQL, which runs the
// queries of package bq over tables handed to it.
package engines
