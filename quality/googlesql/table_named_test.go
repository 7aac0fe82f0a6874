package googlesql

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestAnErrorNamesATableWhereItsWholeNameStands(t *testing.T) {
	games := TableName{"p", "d", "games"}
	for text, want := range map[string]bool{
		"Not found: Table p:d.games":                                    true,
		"Not found: Table p:d.games was not found in location US":       true,
		"Access Denied: Table p:d.games: User does not have permission": true,
		"Table p:d.games_raw refers to Table p:d.games.":                true,
		"Not found: Table p:d.games_raw":                                false,
		"Not found: Table p:d.games-2024 was not found":                 false,
		"Not found: Table p:d.gamesé":                                   false,
		"Not found: Table p:d.game":                                     false,
		"":                                                              false,
	} {
		assert.Equal(t, want, games.NamedIn(text), text)
	}
}
