package expr

import "fmt"

// Bind resolves an expression against the columns of a relation: names get the
// schema's spelling and types, literals the type of what they stand beside, and
// coercions become visible. The error names the column, its type and the mend.
//
// The coercions are those of GoogleSQL:
// https://cloud.google.com/bigquery/docs/reference/standard-sql/conversion_rules#coercion
func (e Expr) Bind(s Schema) (Expr, error) {
	if e.IsZero() {
		return Expr{}, fmt.Errorf("the expression is missing")
	}
	b := binder{s}
	out, err := b.bind(e)
	if err != nil {
		return Expr{}, fmt.Errorf("%s: %w", e, err)
	}
	return out, nil
}

// BindPredicate is Bind for what must be TRUE, FALSE or NULL.
func (e Expr) BindPredicate(s Schema) (Expr, error) {
	out, err := e.Bind(s)
	if err == nil && out.Type() != Bool && out.Type() != Null {
		err = fmt.Errorf("%s is %s; a filter is TRUE, FALSE or NULL", e, out.Type())
	}
	return out, err
}

type binder struct{ schema Schema }

func (b binder) bind(e Expr) (Expr, error) {
	switch n := e.node.(type) {
	case invalidExpr:
		return Expr{}, n.err
	case LiteralExpr:
		return e, nil
	case RawExpr:
		return Expr{RawExpr{n.SQL, namedIn(n.SQL, b.schema)}}, nil
	case ColumnExpr:
		f, err := b.schema.Field(n.Name)
		return Expr{ColumnExpr{f.Name, f.Type}}, err
	case CompareExpr:
		out, err := b.alike([]Expr{n.Left, n.Right})
		if err != nil {
			return Expr{}, err
		}
		return Expr{CompareExpr{n.Op, out[0], out[1]}}, nil
	case BetweenExpr:
		out, err := b.alike([]Expr{n.X, n.Low, n.High})
		if err != nil {
			return Expr{}, err
		}
		return Expr{BetweenExpr{out[0], out[1], out[2]}}, nil
	case InExpr:
		if len(n.List) == 0 {
			return Expr{}, fmt.Errorf("IN needs at least one value")
		}
		out, err := b.alike(append([]Expr{n.X}, n.List...))
		if err != nil {
			return Expr{}, err
		}
		return Expr{InExpr{out[0], out[1:]}}, nil
	case LogicExpr:
		out, err := b.all(n.Operands)
		if err != nil {
			return Expr{}, err
		}
		for _, o := range out {
			if err := mustBe(o, Bool); err != nil {
				return Expr{}, err
			}
		}
		return Expr{LogicExpr{n.Op, out}}, nil
	case NotExpr:
		x, err := b.typed(n.X, Bool)
		return Expr{NotExpr{x}}, err
	case IsExpr:
		return b.is(n)
	case LikeExpr:
		if problem := checkLike(n.Pattern); problem != "" {
			return Expr{}, fmt.Errorf("%s", problem)
		}
		x, err := b.typed(n.X, String)
		return Expr{LikeExpr{x, n.Pattern}}, err
	case ArithExpr:
		return b.arith(n)
	case NegateExpr:
		x, err := b.bind(n.X)
		if err == nil && x.Type() != Null && !x.Type().IsNumber() {
			err = fmt.Errorf("%s is %s and has no negative", x, x.Type())
		}
		return Expr{NegateExpr{x}}, err
	case CallExpr:
		return b.call(n)
	}
	return Expr{}, fmt.Errorf("%s cannot be bound", e)
}

func (b binder) all(es []Expr) ([]Expr, error) {
	out := make([]Expr, len(es))
	for i, e := range es {
		var err error
		if out[i], err = b.bind(e); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// typed binds what must be of one type.
func (b binder) typed(e Expr, t Type) (Expr, error) {
	x, err := b.bind(e)
	if err != nil {
		return Expr{}, err
	}
	return as(x, t)
}

// as is a bound expression that must be of one type; a literal is coerced to it.
func as(x Expr, t Type) (Expr, error) {
	if l, ok := x.node.(LiteralExpr); ok {
		if v, err := l.Value.Coerce(t); err == nil {
			return Expr{LiteralExpr{v}}, nil
		}
	}
	return x, mustBe(x, t)
}

func mustBe(x Expr, t Type) error {
	if got := x.Type(); got != t && got != Null {
		return fmt.Errorf("%s is %s where a %s is expected%s", x, got, t, mend(got, t))
	}
	return nil
}

// mend is the tail of an error text for the mistakes that people make.
func mend(got, want Type) string {
	switch {
	case got == Timestamp && want == Date:
		return ": write DATE(it, 'a time zone')"
	case got == String && want == Bool:
		return ": declare the column's type if its texts are all true and false"
	}
	return ""
}

// alike binds operands that are compared with each other.
func (b binder) alike(es []Expr) ([]Expr, error) {
	out, err := b.all(es)
	if err != nil {
		return nil, err
	}
	_, err = unify(out)
	return out, err
}

// unify brings bound operands to one type: literals follow columns, numbers the
// widest of them.
func unify(xs []Expr) (Type, error) {
	common, err := commonType(xs)
	if err != nil {
		return Null, err
	}
	for i, x := range xs {
		if xs[i], err = to(x, common); err != nil {
			return Null, err
		}
	}
	return common, nil
}

func commonType(xs []Expr) (Type, error) {
	common := Null
	var first Expr // what gave the common type
	for _, literals := range []bool{false, true} {
		for _, x := range xs {
			l, isLiteral := x.node.(LiteralExpr)
			t := x.Type()
			if isLiteral != literals || t == Null || t == common {
				continue
			}
			if !t.Computable() {
				return Null, fmt.Errorf("%s is %s, of which only NULL or not NULL can be asked", x, t)
			}
			if isLiteral && common != Null {
				if _, err := l.Value.Coerce(common); err == nil {
					continue
				}
			}
			wide, ok := widest(common, t)
			if l, isLiteral := first.node.(LiteralExpr); !ok && isLiteral {
				_, err := l.Value.Coerce(t)
				wide, ok = t, err == nil
			}
			if !ok {
				return Null, fmt.Errorf("%s is %s and %s is %s: they cannot be compared%s", first, common, x, t, compareMend(common, t))
			}
			if wide != common {
				common, first = wide, x
			}
		}
	}
	return common, nil
}

func compareMend(a, b Type) string {
	switch {
	case a == Timestamp && b == Date, a == Date && b == Timestamp:
		return ": write DATE(the timestamp, 'a time zone')"
	case a == String && b.IsNumber():
		return ": quote the number, or declare the column's type"
	}
	return ""
}

// widest is the type that both coerce to.
func widest(a, b Type) (Type, bool) {
	if a == Null || a == b {
		return b, true
	}
	if a.IsNumber() && b.IsNumber() {
		for _, t := range []Type{Float64, BigNumeric, Numeric} {
			if a == t || b == t {
				return t, true
			}
		}
	}
	if a == Date && b == DateTime || a == DateTime && b == Date {
		return DateTime, true
	}
	return Null, false
}

// to brings a bound operand to a type that it coerces to.
func to(x Expr, t Type) (Expr, error) {
	if got := x.Type(); got == t || got == Null {
		return x, nil
	}
	if l, ok := x.node.(LiteralExpr); ok {
		v, err := l.Value.Coerce(t)
		return Expr{LiteralExpr{v}}, err
	}
	return cast(x, t), nil
}

func (b binder) is(n IsExpr) (Expr, error) {
	x, err := b.bind(n.X)
	if err == nil && n.What != IsNull {
		err = mustBe(x, Bool)
	}
	return Expr{IsExpr{x, n.What, n.Not}}, err
}

func (b binder) arith(n ArithExpr) (Expr, error) {
	out, err := b.all([]Expr{n.Left, n.Right})
	if err != nil {
		return Expr{}, err
	}
	left, right := out[0], out[1]
	if left.Type() == Date || right.Type() == Date {
		return dateArith(n.Op, left, right)
	}
	for _, x := range out {
		if t := x.Type(); t != Null && !t.IsNumber() {
			return Expr{}, fmt.Errorf("%s is %s: %s needs numbers, or a DATE and days", x, t, n.Op)
		}
	}
	common, err := commonType(out)
	if err != nil {
		return Expr{}, err
	}
	if n.Op == Divide && common == Int64 {
		common = Float64 // INT64 / INT64 is FLOAT64 in GoogleSQL
	}
	if left, err = to(left, common); err != nil {
		return Expr{}, err
	}
	right, err = to(right, common)
	return Expr{ArithExpr{n.Op, left, right}}, err
}
