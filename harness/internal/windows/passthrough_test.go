package windows_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/intactdata/intact/harness/internal/windows"
	"github.com/intactdata/intact/rolling/panel"
)

// small is a run over the columns e, at and v.
func small(rows, format string, out *bytes.Buffer) windows.Request {
	return windows.Request{
		Settings: windows.Settings{
			Spec:    panel.Spec{Entity: []string{"e"}, At: "at"},
			Windows: panel.Windows{Value: []string{"v"}, Last: []int64{1}, Days: []int64{7}},
		},
		Stdin: strings.NewReader(rows), Input: format, Stdout: out, Now: time.Unix(0, 0),
	}
}

// The answers of a row in each format.
const (
	csvAnswer    = `,[-+.e0-9]*,(?:whole|[a-z]+),[0-9]+,[0-9]*`
	ndjsonAnswer = `"v_avg_%s":(?:null|[-+.e0-9]+),"v_avg_%[1]s_reason":"[a-z]+","v_avg_%[1]s_observed":[0-9]+,"v_avg_%[1]s_expected":null`
)

var (
	csvAnswers    = regexp.MustCompile(`^` + csvAnswer + csvAnswer)
	ndjsonAnswers = regexp.MustCompile(`^,?` + fmt.Sprintf(ndjsonAnswer, "last_1") + `,` + fmt.Sprintf(ndjsonAnswer, "7d"))
)

// A piece of an input: text, and whether answers belong behind it.
type piece struct {
	text    string
	answers *regexp.Regexp
}

// strip takes the answers out of an output where they belong, and nowhere else.
func strip(t require.TestingT, output string, pieces []piece) string {
	var kept strings.Builder
	for _, p := range pieces {
		require.True(t, strings.HasPrefix(output, p.text), "%q is not the next of %q", p.text, output)
		kept.WriteString(p.text)
		output = output[len(p.text):]
		if p.answers != nil {
			found := p.answers.FindString(output)
			require.NotEmpty(t, found, "no answers stand behind %q, but %q", p.text, output)
			output = output[len(found):]
		}
	}
	return kept.String() + output
}

// An odd text: whatever is valid UTF-8, with what CSV and JSON take for their own.
func oddText() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		runes := rapid.OneOf(rapid.SampledFrom([]rune("\",\n\r\\{}[] é世\u2028\U0001F3C0")), rapid.Rune())
		return rapid.StringOfN(runes, 0, 8, -1).Draw(t, "text")
	})
}

func lineEnd() *rapid.Generator[string] { return rapid.SampledFrom([]string{"\n", "\r\n"}) }

// csvCell writes a cell in one of the ways there are.
func csvCell(t *rapid.T, text string) string {
	if strings.ContainsAny(text, "\",\r\n") || rapid.Bool().Draw(t, "quoted") {
		return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
	}
	return text
}

func csvPieces(t *rapid.T) []piece {
	header := regexp.MustCompile(`^(?:,v_avg_(?:last_1|7d)(?:_reason|_observed|_expected|)){8}`)
	var out []piece
	out = append(out, piece{rapid.SampledFrom([]string{"", "\ufeff"}).Draw(t, "mark"), nil},
		piece{csvCell(t, "e") + ",at,v," + csvCell(t, "odd\""), header})
	for i := range rapid.IntRange(0, 6).Draw(t, "rows") {
		out = append(out, piece{lineEnd().Draw(t, "end"), nil})
		value := rapid.SampledFrom([]string{"", "1", "-2.50", "3e+2"}).Draw(t, "value")
		out = append(out, piece{strings.Join([]string{
			csvCell(t, "a"), csvCell(t, fmt.Sprintf("2026-01-%02d", i+1)), csvCell(t, value), csvCell(t, oddText().Draw(t, "odd")),
		}, ","), csvAnswers})
	}
	return append(out, piece{rapid.SampledFrom([]string{"", "\n", "\r\n", "\n\n"}).Draw(t, "last end"), nil})
}

func ndjsonPieces(t *rapid.T) []piece {
	var out []piece
	blank := rapid.SampledFrom([]string{"", " ", "\t"})
	for i := range rapid.IntRange(1, 6).Draw(t, "rows") {
		value := rapid.SampledFrom([]string{"null", "1", "-2.50", "3e+2"}).Draw(t, "value")
		odd := bytes.ReplaceAll(fmt.Appendf(nil, "%+q", rapid.StringOf(rapid.RuneFrom([]rune("{}[],: é世\"\\"))).Draw(t, "odd")), []byte(`\x`), []byte(`\u00`))
		out = append(out,
			piece{fmt.Sprintf(`%s{%s"e":"a","at":"2026-01-%02d","v":%s,"odd":{"deep":[%s]}%s`, blank.Draw(t, "b"), blank.Draw(t, "b"), i+1, value, odd, blank.Draw(t, "b")), ndjsonAnswers},
			piece{"}" + blank.Draw(t, "b") + lineEnd().Draw(t, "end") + strings.Repeat("\n", rapid.IntRange(0, 2).Draw(t, "empty lines")), nil})
	}
	last := &out[len(out)-1]
	if rapid.Bool().Draw(t, "no final line end") {
		last.text = strings.TrimRight(last.text, "\r\n")
	}
	return out
}

// Without the answers the output is the input, byte by byte.
func TestOutputIsTheInput(t *testing.T) {
	for format, pieces := range map[string]func(*rapid.T) []piece{"csv": csvPieces, "ndjson": ndjsonPieces} {
		t.Run(format, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				all := pieces(t)
				var input strings.Builder
				for _, p := range all {
					input.WriteString(p.text)
				}
				var out bytes.Buffer
				_, err := windows.Run(t.Context(), small(input.String(), format, &out))
				require.NoError(t, err, "%q", input.String())
				require.Equal(t, input.String(), strip(t, out.String(), all))
			})
		})
	}
}

// FuzzPassThrough: whatever is read as rows is written as it was.
func FuzzPassThrough(f *testing.F) {
	f.Add("a,2026-01-01,3,x\n")
	f.Add("a,2026-01-01,3,\"x\n\n\"\r\n\r\nb,2026-01-02,,\"\"\"\"")
	f.Add("\r\n\"a\",2026-01-01,3,\r")
	all := regexp.MustCompile(csvAnswer + csvAnswer + `(\r?\n|\r?$)`)
	f.Fuzz(func(t *testing.T, body string) {
		if strings.Contains(body, "warmup") || strings.Contains(body, "whole") || strings.Contains(body, "null") || strings.Contains(body, "empty") || strings.Contains(body, "duplicate") {
			t.Skip("the answers could not be told from the input")
		}
		const header = "e,at,v,x\n"
		var out bytes.Buffer
		if _, err := windows.Run(t.Context(), small(header+body, "csv", &out)); err != nil {
			t.Skip("this is no CSV of such rows")
		}
		_, rows, _ := strings.Cut(out.String(), "\n")
		require.Equal(t, body, all.ReplaceAllString(rows, "$1"))
	})
}
