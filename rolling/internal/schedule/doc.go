// Package schedule makes the expected keys of entities out of the games of their teams.
package schedule
