// Package sidecar runs a program beside the tests that need it: it finds the
// module that the program is installed in, starts the program so that it ends
// with the tests however they end, and skips or fails the tests of a machine
// that does not have it.
package sidecar
