package claim

import "time"

// Forgetful is a log in a folder that forgets all but so many versions at once.
func Forgetful(dir string, keep int64) *Files { return &Files{dir, keep, -time.Hour} }

// StateOf is the highest token of a state, and its claims.
func StateOf(table string, text []byte) (token int64, claims []Claim, err error) {
	s, err := decode(table, text)
	return s.Token, s.Claims, err
}
