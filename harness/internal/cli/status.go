package cli

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/harness/internal/ending"
	"github.com/intactdata/intact/quality"
)

// statusVersion is that of the status file.
const statusVersion = 1

// status is what a gate's status file says: whether the command was started, and
// what came of that.
type status struct {
	SchemaVersion int    `json:"schema_version" jsonschema:"the version of this contract"`
	Command       string `json:"command" jsonschema:"not started, or started: what ended it then stands in exit and signal, which are null while it runs"`
	Gate          string `json:"gate" jsonschema:"waiting for the suites to pass, open, closed by them for good, interrupted by a signal, or kept by an error from looking or starting"`
	Verdict       string `json:"verdict" jsonschema:"of the last look, empty if it saw nothing"`
	Looks         int    `json:"looks" jsonschema:"how often the suites were run"`
	// Exit and Signal are pointers: null is not 0.
	Exit    *int      `json:"exit" jsonschema:"the exit code of intact, which is the command's where that was started"`
	Signal  *string   `json:"signal" jsonschema:"the signal that ended the command, such as SIGTERM"`
	Message string    `json:"message" jsonschema:"why the command was not started, in words"`
	Time    time.Time `json:"time" jsonschema:"when this was written"`
}

// The words of a status.
const (
	notStarted = "not started"
	started    = "started"

	gateWaiting     = "waiting"
	gateOpen        = "open"
	gateClosed      = "closed"
	gateInterrupted = "interrupted"
	gateError       = "error"
)

// statusSchema is the JSON Schema of a status file. It lets further fields be.
func statusSchema() (*jsonschema.Schema, error) {
	s, err := jsonschema.For[status](nil)
	if err != nil {
		return nil, err
	}
	s.Schema = "https://json-schema.org/draft/2020-12/schema"
	s.Title = "intact gate status"
	s.AdditionalProperties = nil
	s.Properties["schema_version"].Enum = []any{statusVersion}
	s.Properties["command"].Enum = []any{notStarted, started}
	s.Properties["gate"].Enum = []any{gateWaiting, gateOpen, gateClosed, gateInterrupted, gateError}
	s.Properties["verdict"].Enum = []any{""}
	for v := quality.Pass; v <= quality.Fail; v++ {
		s.Properties["verdict"].Enum = append(s.Properties["verdict"].Enum, v.String())
	}
	return s, nil
}

// statusFile is where a status is kept; "" keeps none.
type statusFile string

// write replaces the file at once: who reads it sees the status before or this
// one, never a part.
func (f statusFile) write(s status) error {
	if f == "" {
		return nil
	}
	path := string(f)
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("--status %s is no regular file, and it is replaced as a whole: name a file, or one that is not there yet", path)
	}
	s.SchemaVersion = statusVersion
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	if err := replace(path, append(text, '\n')); err != nil {
		return fmt.Errorf("--status %s cannot be written: %w", path, ending.WithoutPath(err))
	}
	return nil
}

// replace writes a file beside the one that is meant, and gives it its name.
func replace(path string, content []byte) error {
	temporary := filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+"."+rand.Text())
	file, err := os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(temporary, path)
	}
	if err != nil {
		_ = os.Remove(temporary)
	}
	return err
}
