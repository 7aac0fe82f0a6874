// Package calendar counts time in days: those of a zone, as its clocks show them, or
// of 24 hours each.
package calendar
