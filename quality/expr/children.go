package expr

// children are the expressions that a node is made of.
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
	case CallExpr:
		return n.Args
	}
	return nil
}

// with is a node made of other expressions, as many as its children.
func with(n Node, of []Expr) Expr {
	switch x := n.(type) {
	case CompareExpr:
		x.Left, x.Right = of[0], of[1]
		n = x
	case LogicExpr:
		x.Operands = of
		n = x
	case NotExpr:
		n = NotExpr{of[0]}
	case InExpr:
		n = InExpr{of[0], of[1:]}
	case BetweenExpr:
		n = BetweenExpr{of[0], of[1], of[2]}
	case IsExpr:
		x.X = of[0]
		n = x
	case LikeExpr:
		x.X = of[0]
		n = x
	case ArithExpr:
		x.Left, x.Right = of[0], of[1]
		n = x
	case NegateExpr:
		n = NegateExpr{of[0]}
	case CallExpr:
		x.Args = of
		n = x
	}
	return Expr{n}
}
