#!/usr/bin/env bash
# Go (since 1.21; seen with 1.26) opens /dev/null in the place of a standard stream that is
# closed when a program starts: what is written to a closed standard output (>&-) is lost
# without an error, and by the descriptor a program cannot tell it from one that was sent to /dev/null
# for good, as Python's subprocess.DEVNULL is, which is opened for reading and writing too.
# C, Python and the shell itself get "bad file descriptor".
#
# Seen: Go writes 6 bytes and no error, and its descriptor is /dev/null, read and write;
# so is the one of DEVNULL. The shell's own echo fails.
#
# It fails when that is no longer so. Needs Go, Python, and Linux's /proc.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >main.go <<'GO'
package main

import (
	"fmt"
	"os"
	"strings"
)

func main() {
	n, err := os.Stdout.WriteString("hello\n")
	name, _ := os.Readlink("/proc/self/fd/1")
	info, _ := os.ReadFile("/proc/self/fdinfo/1")
	mode := "?"
	for _, field := range strings.Fields(string(info)) {
		if strings.HasPrefix(field, "0") && len(field) > 1 {
			mode = field[len(field)-1:]
		}
	}
	fmt.Fprintln(os.Stderr, n, err, name, "mode", mode)
}
GO
cat >go.mod <<'MOD'
module finding

go 1.26
MOD
go build -o show .
{
	echo "closed:  $(./show 2>&1 >&-)"
	echo "DEVNULL: $(python3 -c 'import subprocess; subprocess.run(["./show"], stdout=subprocess.DEVNULL)' 2>&1)"
	echo "shell:   $( (echo hello >&-) 2>&1 | grep -o 'Bad file descriptor')"
} | tee seen
diff seen - <<'WANT'
closed:  6 <nil> /dev/null mode 2
DEVNULL: 6 <nil> /dev/null mode 2
shell:   Bad file descriptor
WANT
