package mutation

import (
	"math/big"
	"strings"
)

// between is a bound that the table as it is meets and the broken one does not, with
// some room for what comes. What is too near for that has none.
//
// Of shares it is 5 points away from what was, or half of the way where that is less;
// of counts a tenth, or half of the way.
func between(r remedy, was, is *big.Rat) (string, bool) {
	room := big.NewRat(5, 100)
	if !r.share {
		room.Abs(room.Quo(was, big.NewRat(10, 1)))
	}
	toward := big.NewRat(1, 1) // the sign of the way from what was to what is
	if r.least {
		toward.Neg(toward)
	}
	if is != nil {
		gap := new(big.Rat).Sub(is, was)
		gap.Mul(gap, toward)
		if gap.Cmp(new(big.Rat).Quo(room, big.NewRat(5, 1))) < 0 {
			return "", false
		}
		if half := gap.Quo(gap, big.NewRat(2, 1)); half.Cmp(room) < 0 {
			room = half
		}
	}
	at := room.Mul(room, toward)
	at.Add(at, was)
	return r.rounded(at)
}

// rounded writes a bound shortly, a count as the next one toward what was.
func (r remedy) rounded(at *big.Rat) (string, bool) {
	if r.share {
		percent := new(big.Rat).Mul(at, big.NewRat(100, 1))
		text := percent.FloatString(1)
		return strings.TrimSuffix(text, ".0") + "%", percent.Sign() > 0 && percent.Cmp(big.NewRat(100, 1)) < 0
	}
	n := new(big.Int).Quo(at.Num(), at.Denom())
	if r.least && !at.IsInt() {
		n.Add(n, big.NewInt(1))
	}
	return n.String(), n.Sign() > 0
}
