package cli

import (
	"fmt"
	"time"

	"github.com/intactdata/intact/quality"
)

// claimCalls are the calls of BigQuery's API for one change of a table's claims: to take
// them, to renew or to release one. Those who race for it repeat them.
var claimCalls = map[string]int64{
	"jobs.insert": 1, "jobs.get": 1, "jobs.getQueryResults": 2, // the service's clock, which is asked by a query
	"tables.list":   2, // before the change, and to see what came of it; one for each 1,000 tables of the dataset
	"tables.get":    4, // the newest, and that there is no newer one, both times
	"tables.insert": 1,
	"tables.patch":  1, // the one before expires in a day
}

// planClaim says what a claim costs, of which nothing is claimed.
func (p Process) planClaim(f claimFlags) error {
	if _, _, ok := f.dataset(); !ok {
		_, err := fmt.Fprintln(p.Stdout, "Claims in a folder cost nothing but a few small files for each table.")
		return err
	}
	renewals := int64(24 * time.Hour / (f.ttl / 3))
	calls := int64(0)
	for _, n := range claimCalls {
		calls += n
	}
	text := "BigQuery bills nothing for claims: the one query reads 0 bytes, and versions are tables without rows.\n" +
		"To take, to renew and to release a claim are each\n"
	for _, method := range sortedKeys(claimCalls) {
		text += fmt.Sprintf("  %d × %s\n", claimCalls[method], method)
	}
	text += fmt.Sprintf("A claim that is held for a whole day with --ttl %s is renewed %s times, which are %s calls and as many tables;\n"+
		"a table that is no more the newest expires in a day. The table that is claimed is not touched, nor are its quotas.\n"+
		"Calls count against the requests of a user and method a second, tables against nothing, but a dataset of very many is listed\n"+
		"slowly: https://cloud.google.com/bigquery/quotas#api_request_quotas and https://cloud.google.com/bigquery/quotas#dataset_limits\n",
		f.ttl, quality.Grouped(renewals), quality.Grouped(renewals*calls))
	_, err := fmt.Fprint(p.Stdout, text)
	return err
}
