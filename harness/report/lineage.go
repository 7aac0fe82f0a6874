package report

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/intactdata/intact/quality/lineage"
)

// Order writes the order of builds of some tables, with what each is made from.
func Order(w io.Writer, g *lineage.Graph, steps []lineage.Step) error {
	var b strings.Builder
	n := 0
	for _, s := range steps {
		if s.Turns && len(s.Tables) > 1 {
			fmt.Fprintf(&b, "    date by date, for each needs the other's earlier ones: %s\n", strings.Join(s.Tables, ", "))
		}
		for _, name := range s.Tables {
			n++
			fmt.Fprintf(&b, "%2d  %s\n", n, name)
			for _, e := range g.Upstream(name) {
				fmt.Fprintf(&b, "      from %s: %s\n", e.From, e.Words())
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Mermaid writes the same as a flowchart.
// https://mermaid.js.org/syntax/flowchart.html
func Mermaid(w io.Writer, g *lineage.Graph, steps []lineage.Step) error {
	var b strings.Builder
	b.WriteString("flowchart LR\n")
	ids := map[string]string{}
	for _, s := range steps {
		for _, name := range s.Tables {
			ids[name] = fmt.Sprintf("t%d", len(ids))
			fmt.Fprintf(&b, "  %s[\"%s\"]\n", ids[name], name)
		}
	}
	for _, s := range steps {
		for _, name := range s.Tables {
			for _, e := range g.Upstream(name) {
				if ids[e.From] == "" {
					continue
				}
				fmt.Fprintf(&b, "  %s -->|\"%s\"| %s\n", ids[e.From], strings.ReplaceAll(e.Words(), `"`, "#quot;"), ids[name])
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

type (
	jsonEdge struct {
		From  string `json:"from"`
		Reach string `json:"reach"`
		Place string `json:"place"`
	}
	jsonMade struct {
		Table string     `json:"table"`
		From  []jsonEdge `json:"from"`
	}
	jsonStep struct {
		Turns  bool       `json:"date_by_date"`
		Tables []jsonMade `json:"tables"`
	}
)

// OrderJSON writes the same for programs.
func OrderJSON(w io.Writer, g *lineage.Graph, steps []lineage.Step) error {
	out := []jsonStep{}
	for _, s := range steps {
		one := jsonStep{Turns: s.Turns}
		for _, name := range s.Tables {
			made := jsonMade{Table: name, From: []jsonEdge{}}
			for _, e := range g.Upstream(name) {
				made.From = append(made.From, jsonEdge{e.From, e.Words(), e.Place})
			}
			one.Tables = append(one.Tables, made)
		}
		out = append(out, one)
	}
	return indented(w, map[string]any{"order": out})
}

func indented(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
