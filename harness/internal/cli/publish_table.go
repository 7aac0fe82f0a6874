package cli

import (
	"context"
	"errors"
)

// publishIntoTable opens a publication into a table of BigQuery.
func (p Process) publishIntoTable(ctx context.Context, f publishFlags, j *publishing) error {
	return errors.New("not yet")
}

func (p Process) planPublish(ctx context.Context, f publishFlags, j *publishing) error {
	return errors.New("not yet")
}
