package profile

import (
	"strconv"

	"cloud.google.com/go/civil"
	"go.yaml.in/yaml/v4"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// text is a text, in quotes where it needs them.
func text(s string) *yaml.Node {
	n := plain(s)
	if form.Quote(s) != s {
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}

// plain is a text that is known to need no quotes: a share, a time.
func plain(s string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s} }

// day is a date, which suites read as a text without quotes.
func day(d civil.Date) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!timestamp", Value: d.String()}
}

func whole(n int64) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: strconv.FormatInt(n, 10)}
}

// literal is a value as suites have it.
func literal(v expr.Value) *yaml.Node {
	switch v.Type() {
	case expr.Int64:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: v.String()}
	case expr.Float64, expr.Numeric, expr.BigNumeric:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!float", Value: v.String()}
	case expr.Bool:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: v.String()}
	}
	return text(v.String())
}

// mapping is keys and their values in turn.
func mapping(of ...*yaml.Node) *yaml.Node { return &yaml.Node{Kind: yaml.MappingNode, Content: of} }

func flow(n *yaml.Node) *yaml.Node {
	n.Style = yaml.FlowStyle
	return n
}

func list(of ...*yaml.Node) *yaml.Node {
	return flow(&yaml.Node{Kind: yaml.SequenceNode, Content: of})
}

func texts(of []string) *yaml.Node {
	out := list()
	for _, s := range of {
		out.Content = append(out.Content, text(s))
	}
	return out
}

// oneOrMore is a name, or a list of several.
func oneOrMore(of []string) *yaml.Node {
	if len(of) == 1 {
		return text(of[0])
	}
	return texts(of)
}
