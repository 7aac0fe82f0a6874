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

// The nodes. Bound trees hold a ColumnExpr's type and a CastExpr wherever
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
	// DateExpr is DATE(X, Zone), the calendar day of a TIMESTAMP in a time zone,
	// or DATE(X) where Zone is "": that of a DATETIME, or of a TIMESTAMP in UTC.
	DateExpr struct {
		X    Expr
		Zone string
	}
	// DateDiffExpr is DATE_DIFF(Left, Right, Part): how many boundaries of the
	// part lie between two dates.
	DateDiffExpr struct {
		Left, Right Expr
		Part        DatePart
	}
	// CoalesceExpr is the first of Args that is not NULL.
	CoalesceExpr struct{ Args []Expr }
	// PopulatedExpr is TRUE where X holds a value: not NULL, for FLOAT64 finite,
	// and none of Missing. It is never NULL.
	PopulatedExpr struct {
		X       Expr
		Missing []Value
	}
	// CastExpr is a coercion that cannot fail; only binding makes one.
	CastExpr struct {
		X  Expr
		To Type
	}
	// NaNAsNullExpr is X, and NULL where that is NaN; only RestsOnNaN makes one.
	NaNAsNullExpr struct{ X Expr }
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

func (ColumnExpr) node()    {}
func (LiteralExpr) node()   {}
func (CompareExpr) node()   {}
func (LogicExpr) node()     {}
func (NotExpr) node()       {}
func (InExpr) node()        {}
func (BetweenExpr) node()   {}
func (IsExpr) node()        {}
func (LikeExpr) node()      {}
func (ArithExpr) node()     {}
func (NegateExpr) node()    {}
func (DateExpr) node()      {}
func (DateDiffExpr) node()  {}
func (CoalesceExpr) node()  {}
func (PopulatedExpr) node() {}
func (CastExpr) node()      {}
func (NaNAsNullExpr) node() {}
func (RawExpr) node()       {}
func (invalidExpr) node()   {}

// The operators, as they are written.
type (
	CompareOp string
	LogicOp   string
	ArithOp   string
	IsWhat    string
	DatePart  string
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

	Day     DatePart = "DAY"
	Week    DatePart = "WEEK"    // weeks begin on Sunday
	ISOWeek DatePart = "ISOWEEK" // weeks begin on Monday
	Month   DatePart = "MONTH"
	Quarter DatePart = "QUARTER"
	Year    DatePart = "YEAR"
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

func children(n Node) []Expr {
	switch n := n.(type) {
	case CompareExpr:
		return []Expr{n.Left, n.Right}
	case LogicExpr:
		return n.Operands
	case NotExpr:
		return []Expr{n.X}
	case InExpr:
		return append([]Expr{n.X}, n.List...)
	case BetweenExpr:
		return []Expr{n.X, n.Low, n.High}
	case IsExpr:
		return []Expr{n.X}
	case LikeExpr:
		return []Expr{n.X}
	case ArithExpr:
		return []Expr{n.Left, n.Right}
	case NegateExpr:
		return []Expr{n.X}
	case DateExpr:
		return []Expr{n.X}
	case DateDiffExpr:
		return []Expr{n.Left, n.Right}
	case CoalesceExpr:
		return n.Args
	case PopulatedExpr:
		return []Expr{n.X}
	case CastExpr:
		return []Expr{n.X}
	case NaNAsNullExpr:
		return []Expr{n.X}
	}
	return nil
}

// Type is the type of a bound expression's value.
func (e Expr) Type() Type {
	switch n := e.node.(type) {
	case ColumnExpr:
		return n.Type
	case LiteralExpr:
		return n.Value.Type()
	case CompareExpr, LogicExpr, NotExpr, InExpr, BetweenExpr, IsExpr, LikeExpr, PopulatedExpr, RawExpr:
		return Bool
	case ArithExpr:
		return n.resultType()
	case NegateExpr:
		return n.X.Type()
	case DateExpr:
		return Date
	case DateDiffExpr:
		return Int64
	case CoalesceExpr:
		for _, a := range n.Args {
			if t := a.Type(); t != Null {
				return t
			}
		}
	case CastExpr:
		return n.To
	case NaNAsNullExpr:
		return Float64
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
	case PopulatedExpr, IsExpr:
		return true
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
