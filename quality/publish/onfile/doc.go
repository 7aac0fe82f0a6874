// Package onfile publishes into files: CSV and NDJSON, plain or gzipped, and Parquet.
//
// The file as it would be is written beside the one that is there, by a name that begins
// with a dot: its rows outside of the written days as they stand there, texts byte by byte,
// and the new rows behind them. Suites are run on that very file. It is then synced and renamed
// over the other, so that who opens the file reads the one or the other and never a part.
//
// Two files stay beside the table. .NAME.lock is empty and is locked (flock) while a fence is
// raised or a file swapped, so that whoever dies lets go of it. .NAME.fence says which tokens
// have been seen for which days, and which runs have been published. A publisher that is
// stopped for good within the few calls of a swap holds others up; anywhere else it does not.
//
// Whoever writes the file otherwise than by this package is not kept from it; where that
// happens between the reading and the swap, the rows are judged anew.
package onfile
