// Package serve answers requests for verdicts over HTTP.
//
//	POST /check/NAME   runs the suite of that name and answers its report
//	GET  /healthz      200 ok, and 503 once the server stops
//
// The body of a request may be empty, or an object with the days that are looked at,
// as the command's flags have them: {"from": "today-14d", "to": "yesterday"} or
// {"date": "2026-01-02"}, and values of the variables that the suite declares: {"vars":
// {"season": "2025-26"}}. Nothing else is taken from a request, no path and no flag.
//
// # Status
//
// A request for a verdict is answered by status 200 and a JSON report whose verdict
// says what may go on, whatever happened: schedulers take another status for an outage
// and ask again, and who asks again because of a verdict does the work twice. So a
// suite that is not served, a body that cannot be read, a run that took too long, a
// server that is busy or stops: each is 200, the verdict unknown, which blocks, and the
// reason beside it. That holds for a name that is not served too: asking again mends
// nothing, and what was to wait for the verdict must not go on.
//
// What is no request for a verdict has the status that HTTP has for it: 404 for another
// path, 405 for another method, 401 where the token is missing or wrong, 403 where a
// browser was made to ask by a page of another origin.
package serve
