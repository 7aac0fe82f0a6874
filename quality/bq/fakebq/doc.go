// Package fakebq is a fake of BigQuery's REST API for what the emulator does
// not model: what a query would cost and caps on it, required partition
// filters, quotas, slow and cancelled jobs, and a service or a network that
// fails.
//
//	srv := fakebq.New()
//	srv.Answer = func(q fakebq.Query) fakebq.Answer {
//		return fakebq.Answer{Columns: fakebq.Columns("n INTEGER"), Rows: [][]any{{7}}, Bytes: 5 << 20}
//	}
//	srv.Inject(fakebq.Fault{Op: fakebq.JobsQuery, Error: fakebq.Unavailable(), Times: 2})
//	client, err := srv.Client(ctx)
//
// It understands no SQL: the test says what a statement answers, but for the
// service's clock. What it adds of itself is the protocol: jobs and their states, pages, dry runs, billed
// bytes against their cap, repeated requests, loads by jobs of a name, and the form of
// errors. It
// follows the public reference of the API,
// https://cloud.google.com/bigquery/docs/reference/rest, and keeps a record of
// every request.
//
// [Server] is an [net/http.Handler] for a real socket and a
// [net/http.RoundTripper] without one. The second makes all of a client's
// waiting happen inside the process, so that a test in a [testing/synctest]
// bubble repeats requests and reaches deadlines without taking any time.
package fakebq
