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

// Ask is what a request asks for: a suite, days of it where they are not "", and values
// of the variables that it declares.
type Ask struct {
	Suite          string
	From, To, Date string
	Vars           map[string]string
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
	err := object(d, func(name string) error {
		into, known := map[string]*string{"from": &a.From, "to": &a.To, "date": &a.Date}[name]
		switch {
		case name == "vars":
			a.Vars = map[string]string{}
			return object(d, a.variable(d))
		case !known:
			return fmt.Errorf("unknown key %q: there are from, to, date and vars", name)
		}
		value, err := d.Token()
		day, ok := value.(string)
		if err != nil || !ok || strings.TrimSpace(day) == "" {
			return fmt.Errorf("%s is no day: write a date, today, yesterday or today-14d as a string", name)
		}
		*into = day
		return nil
	})
	if err != nil {
		return fmt.Errorf("body: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("body: more stands behind the object")
	}
	return nil
}

// variable reads a value. It has no part of a path in it, for suites can name files by
// variables, and which folders are read is not for requests to say.
func (a *Ask) variable(d *json.Decoder) func(name string) error {
	return func(name string) error {
		value, err := d.Token()
		text, ok := value.(string)
		switch {
		case err != nil || !ok:
			return fmt.Errorf("the variable %s is no string", name)
		case strings.ContainsAny(text, `/\*?[]{}`) || strings.HasPrefix(text, "."):
			return fmt.Errorf("the variable %s: a value from a request begins with no dot, and has none of the signs of paths: / \\ * ? [ ] { }", name)
		}
		a.Vars[name] = text
		return nil
	}
}

// object reads an object, whose values field reads.
func object(d *json.Decoder, field func(name string) error) error {
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return errors.Join(errNoAsk, err)
	}
	given := map[string]bool{}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		name, _ := key.(string)
		if given[name] {
			return fmt.Errorf("%s stands there twice", name)
		}
		given[name] = true
		if err := field(name); err != nil {
			return err
		}
	}
	_, err := d.Token() // the end of the object
	return err
}
