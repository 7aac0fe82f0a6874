package expr

// NeverTrue reports whether a predicate is TRUE for no row, whatever the data is:
// 1 = 2, x = NULL, x BETWEEN 5 AND 3, x > 5 AND x < 3. It may miss some that are not.
func (e Expr) NeverTrue() bool { return e.outcomes()&mayBeTrue == 0 }

// TrueForAll reports whether a predicate is TRUE for every row, whatever the data is.
func (e Expr) TrueForAll() bool { return e.outcomes() == mayBeTrue }

// outcomes are those that a predicate may have; there can be fewer.
type outcomes uint8

const (
	mayBeTrue outcomes = 1 << iota
	mayBeFalse
	mayBeNull

	anyOutcome = mayBeTrue | mayBeFalse | mayBeNull
)

func (e Expr) outcomes() outcomes {
	switch n := e.node.(type) {
	case LiteralExpr:
		return outcomeOf(n.Value)
	case NotExpr:
		return n.X.outcomes().not()
	case LogicExpr:
		return n.outcomes()
	case IsExpr:
		return n.outcomes()
	case CompareExpr:
		if isNull(n.Left) || isNull(n.Right) {
			return mayBeNull
		}
	case BetweenExpr:
		if isNull(n.X) || isNull(n.Low) && isNull(n.High) {
			return mayBeNull
		}
		if isNull(n.Low) || isNull(n.High) || crossed(n.Low, n.High, false) {
			return mayBeFalse | mayBeNull
		}
	}
	if !e.IsZero() && len(e.Columns()) == 0 && !e.Raw() && !e.readsClock() {
		if v, ok := e.constant(); ok {
			return outcomeOf(v)
		}
	}
	return anyOutcome
}

func outcomeOf(v Value) outcomes {
	switch v.Go() {
	case nil:
		return mayBeNull
	case true:
		return mayBeTrue
	case false:
		return mayBeFalse
	}
	return anyOutcome
}

func isNull(e Expr) bool {
	l, ok := e.node.(LiteralExpr)
	return ok && l.Value.IsNull()
}

func (e Expr) readsClock() bool {
	reads := false
	e.Walk(func(n Node) {
		c, ok := n.(CallExpr)
		reads = reads || ok && (c.Name == todayName || c.Name == nowName)
	})
	return reads
}

func (o outcomes) not() outcomes {
	out := o & mayBeNull
	if o&mayBeTrue != 0 {
		out |= mayBeFalse
	}
	if o&mayBeFalse != 0 {
		out |= mayBeTrue
	}
	return out
}

func (n LogicExpr) outcomes() outcomes {
	// OR is AND of the opposites.
	turn := func(o outcomes) outcomes { return o }
	if n.Op == Or {
		turn = outcomes.not
	}
	out := mayBeTrue
	for _, x := range n.Operands {
		out = out.and(turn(x.outcomes()))
	}
	if n.Op == And && n.contradictory() {
		out &^= mayBeTrue
	}
	return turn(out)
}

// and is what two operands may come to together.
func (o outcomes) and(p outcomes) outcomes {
	var out outcomes
	for _, a := range []outcomes{mayBeTrue, mayBeFalse, mayBeNull} {
		for _, b := range []outcomes{mayBeTrue, mayBeFalse, mayBeNull} {
			switch {
			case o&a == 0 || p&b == 0:
			case a == mayBeFalse || b == mayBeFalse:
				out |= mayBeFalse
			default:
				out |= max(a, b) // TRUE of both, else NULL
			}
		}
	}
	return out
}

func (n IsExpr) outcomes() outcomes {
	of := n.X.outcomes()
	var is outcomes
	switch n.What {
	case IsNull:
		if is = mayBeNull; isNull(n.X) {
			of = mayBeNull
		} else if l, ok := n.X.node.(LiteralExpr); ok && !l.Value.IsNull() {
			of = mayBeTrue
		}
	case IsTrue:
		is = mayBeTrue
	case IsFalse:
		is = mayBeFalse
	}
	var out outcomes
	if of&is != 0 {
		out |= mayBeTrue
	}
	if of&^is != 0 {
		out |= mayBeFalse
	}
	if n.Not {
		return out.not()
	}
	return out
}

// contradictory reports whether operands compare a column with numbers that leave
// none.
func (n LogicExpr) contradictory() bool {
	type end struct {
		at     Expr
		strict bool
	}
	low, high := map[string][]end{}, map[string][]end{}
	for _, x := range n.Operands {
		c, ok := x.node.(CompareExpr)
		if !ok {
			continue
		}
		column, op, value := c.Left, c.Op, c.Right
		if _, ok := column.node.(ColumnExpr); !ok {
			column, op, value = c.Right, flipped[c.Op], c.Left
		}
		if _, ok := column.node.(ColumnExpr); !ok {
			continue
		}
		of := column.String()
		switch op {
		case Greater, GreaterEqual:
			low[of] = append(low[of], end{value, op == Greater})
		case Less, LessEqual:
			high[of] = append(high[of], end{value, op == Less})
		case Equal:
			low[of], high[of] = append(low[of], end{at: value}), append(high[of], end{at: value})
		}
	}
	for of, lows := range low {
		for _, l := range lows {
			for _, h := range high[of] {
				if crossed(l.at, h.at, l.strict || h.strict) {
					return true
				}
			}
		}
	}
	return false
}

var flipped = map[CompareOp]CompareOp{
	Equal: Equal, NotEqual: NotEqual, Less: Greater, LessEqual: GreaterEqual, Greater: Less, GreaterEqual: LessEqual,
}

// crossed reports whether a lower end is a number above a higher one, or where they
// are not both included is equal to it.
func crossed(low, high Expr, strict bool) bool {
	a, ok1 := number(low)
	b, ok2 := number(high)
	return ok1 && ok2 && (a > b || strict && a == b)
}

// number is that of a literal which FLOAT64 holds.
func number(e Expr) (float64, bool) {
	l, ok := e.node.(LiteralExpr)
	if n, negated := e.node.(NegateExpr); negated {
		f, ok := number(n.X)
		return -f, ok
	}
	if !ok {
		return 0, false
	}
	switch x := l.Value.Go().(type) {
	case int64:
		return float64(x), x > -1<<53 && x < 1<<53
	case float64:
		return x, x == x
	}
	return 0, false
}
