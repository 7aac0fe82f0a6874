package nearest

import "testing"

func TestHint(t *testing.T) {
	columns := []string{"usage_rate", "game_date", "player_lookup", "min", "max"}
	for _, tt := range []struct{ word, want string }{
		{"usage_rat", ` (did you mean "usage_rate"?)`},
		{"usagerate", ` (did you mean "usage_rate"?)`},
		{"Usage-Rate", ` (did you mean "usage_rate"?)`},
		{"uasge_rate", ` (did you mean "usage_rate"?)`},
		{"player_lokup", ` (did you mean "player_lookup"?)`},
		{"mxa", ` (did you mean "max"?)`},
		{"mn", ` (did you mean "min"?)`},
		{"colour", ""},
	} {
		if got := Hint(tt.word, columns); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.word, got, tt.want)
		}
	}
}

func TestNameIsTheSameWhateverTheOrder(t *testing.T) {
	if a, b := Name("mix", []string{"min", "max"}), Name("mix", []string{"max", "min"}); a != b {
		t.Errorf("got %q and %q", a, b)
	}
}
