package report

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/intactdata/intact/quality/claim"
)

// Claims writes who claims which dates for people, given how long ago a time is.
func Claims(w io.Writer, all []claim.Standing, ago func(time.Time) time.Duration) error {
	if len(all) == 0 {
		_, err := io.WriteString(w, "Nothing is claimed.\n")
		return err
	}
	g := &grid{align: []text.Align{text.AlignLeft, text.AlignLeft, text.AlignLeft, text.AlignRight, text.AlignLeft, text.AlignLeft, text.AlignRight}}
	g.row("table", "dates", "claim", "token", "owner", "since", "expires")
	for _, c := range all {
		g.row(visible(c.Table), c.Dates.String(), standing(c), fmt.Sprint(c.Token), visible(c.Owner), c.Since.UTC().Format(time.DateTime), expiry(ago(c.Expires)))
	}
	_, err := io.WriteString(w, g.String())
	return err
}

func standing(c claim.Standing) string {
	if c.Expired {
		return "expired"
	}
	return "live"
}

func expiry(ago time.Duration) string {
	if ago = ago.Round(time.Second); ago > 0 {
		return ago.String() + " ago"
	}
	return "in " + (-ago).String()
}

// claimJSON is a claim as programs read it.
type claimJSON struct {
	Table   string    `json:"table"`
	From    *string   `json:"from"` // null where open
	To      *string   `json:"to"`
	Claim   string    `json:"claim"` // live or expired
	Token   int64     `json:"token"`
	ID      string    `json:"id"`
	Owner   string    `json:"owner"`
	Purpose string    `json:"purpose"`
	Since   time.Time `json:"since"`
	Expires time.Time `json:"expires"`
}

// ClaimsJSON writes them for programs.
func ClaimsJSON(w io.Writer, all []claim.Standing) error {
	out := struct {
		Claims []claimJSON `json:"claims"`
	}{make([]claimJSON, 0, len(all))}
	for _, c := range all {
		j := claimJSON{Table: c.Table, Claim: standing(c), Token: c.Token, ID: c.ID, Owner: c.Owner, Purpose: c.Purpose, Since: c.Since, Expires: c.Expires}
		if !c.From.IsZero() {
			j.From = new(c.From.String())
		}
		if !c.To.IsZero() {
			j.To = new(c.To.String())
		}
		out.Claims = append(out.Claims, j)
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(out)
}
