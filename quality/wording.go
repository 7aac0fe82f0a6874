package quality

import (
	"math/big"
	"strconv"
	"strings"
)

// grouped puts commas between thousands.
func grouped(digits string) string {
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}

// Grouped writes a count with commas between thousands: 19,333.
func Grouped(n int64) string { return grouped(strconv.FormatInt(n, 10)) }

// Share writes num/den as a percentage with one decimal, and with more where one
// would show a share as complete, as zero or as its bound when it is not.
func Share(num, den int64, bounds ...Bound) string {
	if den == 0 {
		return "-"
	}
	exact := big.NewRat(num*100, den)
	marks := []*big.Rat{new(big.Rat), big.NewRat(100, 1)}
	for _, b := range bounds {
		if b.limit.kind == shareLimit || b.limit.kind == dueLimit {
			marks = append(marks, new(big.Rat).Mul(b.limit.at, big.NewRat(100, 1)))
		}
	}
	for digits := 1; ; digits++ {
		text := exact.FloatString(digits)
		shown, _ := new(big.Rat).SetString(text)
		if sameSide(exact, shown, marks) {
			return text + "%"
		}
	}
}

// sameSide reports whether what is shown lies on the same side of every mark as
// what is. A mark that is met exactly and has no short decimal is passed over:
// no number of digits would show it.
func sameSide(exact, shown *big.Rat, marks []*big.Rat) bool {
	for _, m := range marks {
		side := exact.Cmp(m)
		if side != shown.Cmp(m) && (side != 0 || isShortDecimal(m)) {
			return false
		}
	}
	return true
}

// Figure writes a number, in full where its decimals are few, else with six significant
// digits, and with more where they would show it on another side of a bound.
func Figure(r *big.Rat, bounds ...Bound) string {
	if isShortDecimal(r) {
		return ratText(r)
	}
	var marks []*big.Rat
	for _, b := range bounds {
		for _, end := range b.Ends() {
			if end.limit.at != nil {
				marks = append(marks, end.limit.at)
			}
		}
	}
	for digits := uint(6); ; digits++ {
		text := new(big.Float).SetPrec(512).SetRat(r).Text('g', int(digits))
		if shown, ok := new(big.Rat).SetString(text); digits > 60 || ok && sameSide(r, shown, marks) {
			return text
		}
	}
}

// Plural writes a count and its noun: 1 row, 2,000 rows.
func Plural(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Grouped(n) + " " + many
}

// AndMore names several checks by the first of them: complete:points and 19 more checks.
func AndMore(first string, of int) string {
	if of == 1 {
		return first
	}
	return first + " and " + Plural(int64(of-1), "more check", "more checks")
}
