package bq

// Dialect is what a service that speaks BigQuery's API lacks of it. The zero
// Dialect is BigQuery.
type Dialect struct {
	// Name is what reports call the service.
	Name string
	// NoTimeTravel: FOR SYSTEM_TIME AS OF is not understood.
	NoTimeTravel bool
	// NoDryRun: a dry run runs the query, and the bytes of a job are not those
	// that it read. Nothing is then explained in bytes, and a refused statement
	// is taken apart by running its parts.
	NoDryRun bool
	// NoJobs: queries are run and answered by one request, because a job of its
	// own costs too much. There is then no job to cancel: ending the request
	// does.
	NoJobs bool
}

// Emulator is the dialect of https://github.com/goccy/bigquery-emulator.
func Emulator() Dialect {
	return Dialect{Name: "emulator", NoTimeTravel: true, NoDryRun: true, NoJobs: true}
}
