package serve

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// Ask is what a request asks for: a suite, and days of it where they are not "".
type Ask struct{ Suite, From, To, Date string }

// fields are those of a body, by their names.
func (a *Ask) fields() map[string]*string {
	return map[string]*string{"from": &a.From, "to": &a.To, "date": &a.Date}
}

// readAsk reads the body of a request, and gives the connection time from then on.
func readAsk(w http.ResponseWriter, r *http.Request) (Ask, error) {
	ask := Ask{Suite: r.PathValue("name")}
	text, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		return ask, fmt.Errorf("the body cannot be read: %w", err)
	}
	// What is read from here on is only whether the other side is still there.
	_ = http.NewResponseController(w).SetReadDeadline(time.Time{})
	if len(bytes.TrimSpace(text)) == 0 {
		return ask, nil
	}
	return ask, ask.decode(text)
}

var errNoAsk = errors.New(`it is an object such as {"date": "2026-01-02"}`)

// decode reads an object with keys that there are, each at most once, as they are
// written: days that are passed over would be a verdict on others.
func (a *Ask) decode(text []byte) error {
	d := json.NewDecoder(bytes.NewReader(text))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return fmt.Errorf("body: %w", errors.Join(errNoAsk, err))
	}
	fields, given := a.fields(), map[string]bool{}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return fmt.Errorf("body: %w", err)
		}
		name, _ := key.(string)
		into, known := fields[name]
		switch {
		case !known:
			return fmt.Errorf("body: unknown key %q: there are from, to and date", name)
		case given[name]:
			return fmt.Errorf("body: %s stands there twice", name)
		}
		given[name] = true
		value, err := d.Token()
		day, ok := value.(string)
		if err != nil || !ok || strings.TrimSpace(day) == "" {
			return fmt.Errorf("body: %s is no day: write a date, today, yesterday or today-14d as a string", name)
		}
		*into = day
	}
	if _, err := d.Token(); err != nil { // the end of the object
		return fmt.Errorf("body: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("body: more stands behind the object")
	}
	return nil
}
