// Package claim has one writer at a time for each date of a table.
//
// A [Claim] is the right to write some dates of a table until it expires. Whoever asks
// for dates of which others claim some is refused, and told who holds them since when:
//
//	claims, err := claim.NewManager(claim.NewFiles("/shared/claims"), claim.Options{Now: time.Now, Rand: rand.Reader})
//	held, err := claims.Acquire(ctx, claim.Request{Table: "nba.team_offense", Dates: claim.Dates{From: from, To: to}, Owner: "daily"})
//	kept, stop := held.Keep(ctx, sleep)  // renews; kept ends when the claim is lost
//	defer held.Release(context.WithoutCancel(ctx))
//	defer stop()
//
// # How it is kept
//
// The claims on a table are a state, and the states are versions of a [Log] that does
// one thing: of those who put one version together, one succeeds. Each change reads the
// newest state, makes another of it and puts that as the next version. Then it looks what
// is newest, whatever the log has answered: an answer can be lost on its way, a version
// that was put and forgotten can be put again, and neither is seen by who looks. So the
// same few lines hold in memory, in a folder ([NewFiles]) and in a dataset of BigQuery
// (package quality/bq).
//
// # Time
//
// Time is the log's where it has a clock ([Timed]), else this machine's. What is known
// of it is a range: as long as the question took, and [Options.MaxSkew] to both sides. A
// holder gives a claim up when it may have expired, another takes it over when it must
// have, and then only if it is asked to ([Request.Break]): what a writer leaves who did
// not release is half done. Clocks that differ by more than is declared void this, and
// only the token is left.
//
// # The token
//
// A process can sleep between looking whether it holds a claim and writing, for as long
// as it likes. So each claim on a table has a token higher than all before it, and who
// writes brings it along: what is written to refuses a token that is lower than one it has
// seen for any of the same dates. Of other dates it may be lower: claims that have no date
// in common live side by side.
//
// A table has to have one name: claims on nba.games and on my-project.nba.games do not
// see each other. Claims bind those who ask for them; the token binds what checks it.
package claim
