package expr

import "slices"

// Expr is an expression over the columns of a row: a filter, a rule, a date
// bound. Col builds one in Go, ParseExpr reads one from text; both give the same
// tree. A row predicate is TRUE, FALSE or NULL, as in GoogleSQL. The zero Expr
// is no expression at all.
//
// Expressions cannot fail on a row: integer overflow, division by zero and dates
// outside of the calendar give NULL, as BigQuery's SAFE_ functions do.
type Expr struct{ node Node }

// Node is the root of an expression's tree, for engines that render or evaluate
// it. The set of nodes is closed: every engine knows all of them.
type Node interface{ node() }

// The nodes. Bound trees hold the types of columns and calls, and a CAST wherever
// GoogleSQL would coerce; unbound ones hold neither.
type (
	// ColumnExpr is a column of the row.
	ColumnExpr struct {
		Name string
		Type Type
	}
	// LiteralExpr is a constant.
	LiteralExpr struct{ Value Value }
	// CompareExpr is Left Op Right.
	CompareExpr struct {
		Op          CompareOp
		Left, Right Expr
	}
	// LogicExpr is AND or OR of two or more operands.
	LogicExpr struct {
		Op       LogicOp
		Operands []Expr
	}
	// NotExpr is NOT X.
	NotExpr struct{ X Expr }
	// InExpr is X IN (List...).
	InExpr struct {
		X    Expr
		List []Expr
	}
	// BetweenExpr is X BETWEEN Low AND High, both inclusive.
	BetweenExpr struct{ X, Low, High Expr }
	// IsExpr is X IS [NOT] NULL, TRUE or FALSE. It is never NULL itself.
	IsExpr struct {
		X    Expr
		What IsWhat
		Not  bool
	}
	// LikeExpr is X LIKE Pattern: % is any text, _ one character, \ escapes.
	LikeExpr struct {
		X       Expr
		Pattern string
	}
	// ArithExpr is Left Op Right on numbers; DATE ± days is a DATE, and
	// DATE - DATE is a number of days.
	ArithExpr struct {
		Op          ArithOp
		Left, Right Expr
	}
	// NegateExpr is -X.
	NegateExpr struct{ X Expr }
	// CallExpr is a call of one of Functions: ABS(x), DATE_TRUNC(d, MONTH). Word is
	// its keyword, a part of a date or the type of a CAST; Type is the result's, once
	// bound.
	CallExpr struct {
		Name string
		Args []Expr
		Word string
		Type Type
	}
	// RawExpr is GoogleSQL that nobody here reads; it needs an engine that runs
	// SQL. Reads are the columns that it may read, which binding finds.
	RawExpr struct {
		SQL   string
		Reads []string
	}
	// invalidExpr is a mistake made while building, kept until the expression
	// is bound so that building never panics.
	invalidExpr struct{ err error }
)

func (ColumnExpr) node()  {}
func (LiteralExpr) node() {}
func (CompareExpr) node() {}
func (LogicExpr) node()   {}
func (NotExpr) node()     {}
func (InExpr) node()      {}
func (BetweenExpr) node() {}
func (IsExpr) node()      {}
func (LikeExpr) node()    {}
func (ArithExpr) node()   {}
func (NegateExpr) node()  {}
func (CallExpr) node()    {}
func (RawExpr) node()     {}
func (invalidExpr) node() {}

// The operators, as they are written.
type (
	CompareOp string
	LogicOp   string
	ArithOp   string
	IsWhat    string
)

// The values of the operators.
const (
	Equal        CompareOp = "="
	NotEqual     CompareOp = "!="
	Less         CompareOp = "<"
	LessEqual    CompareOp = "<="
	Greater      CompareOp = ">"
	GreaterEqual CompareOp = ">="

	And LogicOp = "AND"
	Or  LogicOp = "OR"

	Add      ArithOp = "+"
	Subtract ArithOp = "-"
	Multiply ArithOp = "*"
	Divide   ArithOp = "/"

	IsNull  IsWhat = "NULL"
	IsTrue  IsWhat = "TRUE"
	IsFalse IsWhat = "FALSE"
)

// IsZero reports whether there is no expression.
func (e Expr) IsZero() bool { return e.node == nil }

// Node returns the root of the tree, nil for the zero Expr.
func (e Expr) Node() Node { return e.node }

// Columns lists the columns that the expression reads, each once, in the order
// of their first use. Those of raw SQL are only known once it is bound.
func (e Expr) Columns() []string {
	var out []string
	seen := map[string]bool{}
	e.Walk(func(n Node) {
		var read []string
		switch n := n.(type) {
		case ColumnExpr:
			read = []string{n.Name}
		case RawExpr:
			read = n.Reads
		}
		for _, name := range read {
			if !seen[name] {
				seen[name] = true
				out = append(out, name)
			}
		}
	})
	return out
}

// Raw reports whether any part of the expression is raw SQL.
func (e Expr) Raw() bool {
	raw := false
	e.Walk(func(n Node) {
		if _, ok := n.(RawExpr); ok {
			raw = true
		}
	})
	return raw
}

// Walk visits every node of the tree, parents first.
func (e Expr) Walk(visit func(Node)) {
	if e.node == nil {
		return
	}
	visit(e.node)
	for _, child := range children(e.node) {
		child.Walk(visit)
	}
}

// Type is the type of a bound expression's value.
func (e Expr) Type() Type {
	switch n := e.node.(type) {
	case ColumnExpr:
		return n.Type
	case LiteralExpr:
		return n.Value.Type()
	case CompareExpr, LogicExpr, NotExpr, InExpr, BetweenExpr, IsExpr, LikeExpr, RawExpr:
		return Bool
	case ArithExpr:
		return n.resultType()
	case NegateExpr:
		return n.X.Type()
	case CallExpr:
		return n.Type
	}
	return Null
}

// resultType is the type of a bound arithmetic node, whose operands are of one
// type already, or a DATE and an INT64.
func (n ArithExpr) resultType() Type {
	l, r := n.Left.Type(), n.Right.Type()
	switch {
	case l == Null || r == Null:
		return Null
	case l == Date && r == Date:
		return Int64
	case l == Date || r == Date:
		return Date
	}
	return l
}

// NeverNull reports whether a predicate is sure to be TRUE or FALSE by its form.
func (e Expr) NeverNull() bool {
	switch n := e.node.(type) {
	case IsExpr:
		return true
	case CallExpr:
		return n.Name == populatedName || n.Name == fingerprintName
	case LiteralExpr:
		return !n.Value.IsNull()
	case NotExpr:
		return n.X.NeverNull()
	case CompareExpr:
		return n.Left.NeverNull() && n.Right.NeverNull()
	case LogicExpr:
		return !slices.ContainsFunc(n.Operands, func(o Expr) bool { return !o.NeverNull() })
	}
	return false
}

// AlwaysTrue reports whether the expression is the literal TRUE.
func (e Expr) AlwaysTrue() bool {
	l, ok := e.node.(LiteralExpr)
	return ok && l.Value.Go() == true
}
