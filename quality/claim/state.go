package claim

import (
	"encoding/json"
	"fmt"
	"slices"
)

// state is what a version of the log says of a table: who claims it. What a change makes
// of it is another state.
type state struct {
	Table string `json:"table"`
	// Token is the highest that was ever given, also to claims that are no more.
	Token  int64   `json:"token"`
	Claims []Claim `json:"claims,omitempty"`
}

// The longest state that every log can keep, as a table's description is that long.
// https://cloud.google.com/bigquery/quotas#table_limits
const longestState = 16_384

func decode(table string, text []byte) (state, error) {
	s := state{Table: table}
	if text == nil {
		return s, nil
	}
	if err := json.Unmarshal(text, &s); err != nil {
		return s, fmt.Errorf("the claims on %s cannot be read: %w", table, err)
	}
	if s.Table != table {
		return s, fmt.Errorf("the claims on %s are kept as those on %s: somebody has copied them", s.Table, table)
	}
	for i := range s.Claims {
		s.Claims[i].Table = table
	}
	return s, nil
}

func (s state) encode() ([]byte, error) {
	text, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("the claims on %s cannot be written: %w", s.Table, err)
	}
	if len(text) > longestState {
		return nil, fmt.Errorf("there are %d claims on %s, which take more than %d characters: release some, or break those that have expired", len(s.Claims), s.Table, longestState)
	}
	return text, nil
}

// find is the claim with an id.
func (s state) find(id string) (Claim, bool) {
	i := slices.IndexFunc(s.Claims, func(c Claim) bool { return c.ID == id })
	if i < 0 {
		return Claim{}, false
	}
	return s.Claims[i], true
}

// with adds a claim, or replaces that with its id.
func (s state) with(c Claim) state {
	s = s.without(func(other Claim) bool { return other.ID == c.ID })
	s.Claims = append(s.Claims, c)
	s.Token = max(s.Token, c.Token)
	return s
}

// without leaves out claims.
func (s state) without(out func(Claim) bool) state {
	s.Claims = slices.DeleteFunc(slices.Clone(s.Claims), out)
	return s
}

// overlapping are the claims on some of the dates.
func (s state) overlapping(d Dates) []Claim {
	var out []Claim
	for _, c := range s.Claims {
		if _, ok := c.Common(d); ok {
			out = append(out, c)
		}
	}
	return out
}
