// Package features keeps training closed until every feature of a table is true.
//
// A [Set] says what the model will read: each feature by its name, how much of it has to
// be populated, between which ends, which values stand for none; the label; which rows
// are eligible. It is a suite of checks ([Set.Checks]), measured and judged as any other:
// every feature by itself, in every segment, and never an average of them.
//
// [Gate.Open] is the gate. Where it opens it hands out a [Certificate]: what was checked,
// with which bounds, on which rows, with counts and checksums of each feature in each
// segment and month. Only it and [ParseCertificate] make one, so that a trainer can ask
// for one as an argument. Where it stays closed there is a [ClosedError] with every
// failure. [Certificate.Verify] measures again, later, and names what is no longer as it
// was.
//
// [Load] reads sets from YAML.
package features
