package emulator

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// recognize asks a server for a dataset that nobody has. What speaks BigQuery's API
// and serves [Project] says of just that dataset that it is not found.
// https://cloud.google.com/bigquery/docs/error-messages
func recognize(ctx context.Context, endpoint string) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	missing := UniqueID("missing")
	req, err := http.NewRequestWithContext(ctx, http.MethodGet,
		endpoint+"/bigquery/v2/projects/"+Project+"/datasets/"+missing, nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("the emulator does not answer: start it, or unset %s: %w", EnvEmulator, err)
	}
	defer res.Body.Close()
	said, err := io.ReadAll(io.LimitReader(res.Body, 1<<16))
	if err != nil {
		return fmt.Errorf("the emulator does not answer: start it, or unset %s: %w", EnvEmulator, err)
	}
	var answer struct {
		Error struct {
			Message string
			Errors  []struct{ Reason string }
		}
	}
	notFound := res.StatusCode == http.StatusNotFound && json.Unmarshal(said, &answer) == nil &&
		len(answer.Error.Errors) > 0 && answer.Error.Errors[0].Reason == "notFound"
	switch message := answer.Error.Message; {
	case notFound && strings.Contains(message, missing):
		return nil
	case notFound:
		return fmt.Errorf("it does not serve the project %q (it says: %s): start it with %s -project %s", Project, message, program, Project)
	}
	return fmt.Errorf("it is no BigQuery emulator: asked for a dataset that does not exist it answers %s, not that this is not found; name the URL of one, or unset %s",
		res.Status, EnvEmulator)
}
