package cli

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestInitDeclaresHowTextIsWritten(t *testing.T) {
	for name, c := range map[string]struct {
		text     string
		has, not []string
	}{
		"semicolons and decimal commas": {
			"order;amount;share\r\n07;1.119,16;0,5\r\n08;12,50;\r\n09;3,00;0,25\r\n",
			[]string{`delimiter: ";"`, `decimal: ","`, `thousands: "."`, "amount: [3, 1119.16]", "share: [0.25, 0.5]"}, nil,
		},
		"decimal commas without thousands": {"a;b\n1,5;x\n2,5;y\n", []string{`delimiter: ";"`, `decimal: ","`, "a: [1.5, 2.5]"}, []string{"thousands:"}},
		"decimal points":                   {"a;b\n1.5;x\n2.5;y\n", []string{`delimiter: ";"`, "a: [1.5, 2.5]"}, []string{"decimal:", "thousands:"}},
		"tabs":                             {"a\tb\n1\t2\n", []string{`delimiter: `, "a: [1, 1]"}, []string{"decimal:"}},
		"a delimiter in quotes":            {"a;b\n\"x;y\";2\n", []string{`delimiter: ";"`}, nil},
		"commas":                           {"a,b;c\n1,2\n", nil, []string{"\ndelimiter:"}},
		"one column of texts":              {"a\nx;y\nz\n", nil, []string{"\ndelimiter:"}},
		"a name of the delimiter alone":    {";\n;\n", nil, []string{"\ndelimiter:"}},
	} {
		t.Run(name, func(t *testing.T) {
			suite, _ := drafted(t, fileOf(t, "t.csv", c.text))
			for _, line := range c.has {
				assert.Contains(t, suite, line)
			}
			for _, line := range c.not {
				assert.NotContains(t, suite, line)
			}
		})
	}
}
