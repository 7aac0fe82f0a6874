// Package profile looks at a table and drafts a first suite on it: what a person edits
// down who would otherwise start from nothing.
//
// A profile is measured as checks are: its questions are checks that judge nothing, so
// that every engine answers them, a column that cannot be read spoils no other, and
// the plan pools them. The suite is made of the answers alone:
//
//	p, err := profile.Look(ctx, engine, now, "nba.player_games")
//	…
//	text, err := p.Draft(profile.Place{Source: "player_games.csv"}).YAML()
package profile
