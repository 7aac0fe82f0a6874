package bq

import (
	"context"
	"errors"
	"fmt"

	"cloud.google.com/go/bigquery"
	"google.golang.org/api/iterator"
)

// result is the rows of a query as far as they have been read. Of what the service
// says of them on the way everything must fit one result: the client keeps the last
// word only.
type result struct {
	rows [][]any

	known bool   // how many there are
	total uint64 // that there are
	next  string // the token of the page that comes next
	seen  map[string]bool
}

// read waits for a job and reads on from where an earlier reading was ended.
func (r *result) read(ctx context.Context, job *bigquery.Job) error {
	it, err := job.Read(ctx)
	if err != nil {
		return err
	}
	if err := r.announced(it.TotalRows); err != nil {
		return err
	}
	it.PageInfo().Token = r.next
	return r.pages(it)
}

// pages reads the pages that are left. A result that ends early is an error.
func (r *result) pages(it *bigquery.RowIterator) error {
	for {
		fetches := it.PageInfo().Remaining() == 0
		var values []bigquery.Value
		err := it.Next(&values)
		if fetches && (err == nil || errors.Is(err, iterator.Done)) {
			if err := r.page(it); err != nil {
				return err
			}
		}
		switch {
		case errors.Is(err, iterator.Done):
			if uint64(len(r.rows)) < r.total {
				return fmt.Errorf("the result has %d rows, but only %d arrived", r.total, len(r.rows))
			}
			return nil
		case err != nil:
			return fmt.Errorf("after %d rows of the result: %w", len(r.rows), err)
		}
		row := make([]any, len(values))
		for i, v := range values {
			row[i] = v
		}
		r.rows = append(r.rows, row)
		if uint64(len(r.rows)) > r.total {
			return fmt.Errorf("the result has %d rows, and more arrive", r.total)
		}
	}
}

// page takes up what a page says beside its rows.
func (r *result) page(it *bigquery.RowIterator) error {
	if err := r.announced(it.TotalRows); err != nil {
		return err
	}
	if r.next = it.PageInfo().Token; r.next == "" {
		return nil
	}
	if r.seen[r.next] {
		return fmt.Errorf("the result comes to no end: after %d rows its page %q is to follow again", len(r.rows), r.next)
	}
	if r.seen == nil {
		r.seen = map[string]bool{}
	}
	r.seen[r.next] = true
	return nil
}

// announced takes up how many rows there are.
func (r *result) announced(total uint64) error {
	if r.known && total != r.total {
		return fmt.Errorf("the result had %d rows first and %d then", r.total, total)
	}
	r.known, r.total = true, total
	return nil
}
