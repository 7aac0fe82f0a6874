// Package ending lets a context end what does not heed one: reads, writes and
// opens that block, and work that does not look up. What cannot be stopped is left
// behind: its goroutine ends with the process, and nobody waits for it.
package ending
