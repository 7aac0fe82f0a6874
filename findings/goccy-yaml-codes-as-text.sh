#!/usr/bin/env bash
# goccy/go-yaml decodes an unquoted scalar into a field of type string by way of a number:
# the text of the field is the number's, not the document's. A code keeps its letters only
# until it looks like one: 0044 is octal and becomes "36", 1_000 "1000", 1. "1", TRUE "true",
# and 08, which is no octal, stays "08". go.yaml.in/yaml/v4 gives the text that is written.
# 1e3 on the other hand is no number for it, in any field.
#
# Seen with 1.19.2: list of ids [0044, 0045, 08, 1_000, 1., TRUE] as []string.
#
# It fails when that is no longer so. Needs Go, and the public module proxy.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >main.go <<'GO'
package main

import (
	"fmt"

	goccy "github.com/goccy/go-yaml"
	"go.yaml.in/yaml/v4"
)

func main() {
	text := []byte("ids: [0044, 0045, 08, 1_000, 1., TRUE]\nlimit: 1e3\n")
	var a, b struct {
		IDs   []string `yaml:"ids"`
		Limit any      `yaml:"limit"`
	}
	err := goccy.Unmarshal(text, &a)
	fmt.Printf("goccy %q %T %v\n", a.IDs, a.Limit, err)
	err = yaml.Unmarshal(text, &b)
	fmt.Printf("yaml  %q %T %v\n", b.IDs, b.Limit, err)
}
GO
cat >go.mod <<'MOD'
module finding

go 1.26
MOD
export GOFLAGS=-mod=mod
go mod edit -require=github.com/goccy/go-yaml@v1.19.2 -require=go.yaml.in/yaml/v4@v4.0.0
got=$(go run . 2>/dev/null)
echo "$got"
diff <(echo "$got") - <<'WANT'
goccy ["36" "37" "08" "1000" "1" "true"] string <nil>
yaml  ["0044" "0045" "08" "1_000" "1." "TRUE"] float64 <nil>
WANT
