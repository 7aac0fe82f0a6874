package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
)

// shortestToken is how long a token is at least: a short one can be guessed.
const shortestToken = 16

// token is what requests must show, "" for nothing. It never stands on the command
// line, which every user of a machine can read.
func (p Process) token(f serveFlags) (string, error) {
	var text, where string
	switch {
	case f.tokenEnv != "":
		where = "environment variable " + f.tokenEnv + " (--token-env)"
		var set bool
		if text, set = p.LookupEnv(f.tokenEnv); !set {
			return "", fmt.Errorf("%s is not set", where)
		}
	case f.tokenFile != "":
		where = "file " + f.tokenFile + " (--token-file)"
		content, err := os.ReadFile(f.tokenFile)
		if err != nil {
			return "", fmt.Errorf("--token-file: %w", err)
		}
		text = string(content)
	default:
		return "", nil
	}
	text = strings.TrimSpace(text)
	switch {
	case len(text) < shortestToken:
		return "", fmt.Errorf("%s holds a token of %d characters: it takes %d, such as openssl rand -hex 16 prints", where, len(text), shortestToken)
	case strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' }):
		return "", errors.New(where + " holds more than a token: it is one word of ASCII")
	}
	return text, nil
}

// oneAtATime is a writer that several goroutines write to.
type oneAtATime struct {
	mu  sync.Mutex
	out io.Writer
}

func (w *oneAtATime) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.out.Write(p)
}
