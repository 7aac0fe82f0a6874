package expr

import (
	"encoding/binary"
	"math/bits"
)

// farmFingerprint is the Fingerprint64 of FarmHash, whose value never changes.
// https://github.com/google/farmhash/blob/master/src/farmhash.cc
func farmFingerprint(s []byte) uint64 {
	switch n := len(s); {
	case n <= 16:
		return farmTo16(s)
	case n <= 32:
		mul := farm2 + 2*uint64(n)
		a, b, c, d := word(s)*farm1, word(s[8:]), word(s[n-8:])*mul, word(s[n-16:])*farm2
		return farmMix(right(a+b, 43)+right(c, 30)+d, a+right(b+farm2, 18)+c, mul)
	case n <= 64:
		mul := farm2 + 2*uint64(n)
		a, b, c, d := word(s)*farm2, word(s[8:]), word(s[n-8:])*mul, word(s[n-16:])*farm2
		y := right(a+b, 43) + right(c, 30) + d
		z := farmMix(y, a+right(b+farm2, 18)+c, mul)
		e, f, g, h := word(s[16:])*mul, word(s[24:]), (y+word(s[n-32:]))*mul, (z+word(s[n-24:]))*mul
		return farmMix(right(e+f, 43)+right(g, 30)+h, e+right(f+a, 18)+g, mul)
	}
	return farmLong(s)
}

const (
	farm0 uint64 = 0xc3a5c85c97cb3127
	farm1 uint64 = 0xb492b66fbe98f273
	farm2 uint64 = 0x9ae16a3b2f90404f
)

func word(s []byte) uint64              { return binary.LittleEndian.Uint64(s) }
func right(x uint64, n int) uint64      { return bits.RotateLeft64(x, -n) }
func farmShift(x uint64) uint64         { return x ^ x>>47 }
func farmMix(u, v, mul uint64) uint64   { return farmShift((v^farmShift((u^v)*mul))*mul) * mul }
func farmShort(s []byte, at int) uint64 { return uint64(binary.LittleEndian.Uint32(s[at:])) }

func farmTo16(s []byte) uint64 {
	n := uint64(len(s))
	mul := farm2 + 2*n
	switch {
	case n >= 8:
		a, b := word(s)+farm2, word(s[n-8:])
		return farmMix(right(b, 37)*mul+a, (right(a, 25)+b)*mul, mul)
	case n >= 4:
		return farmMix(n+farmShort(s, 0)<<3, farmShort(s, len(s)-4), mul)
	case n > 0:
		y, z := uint64(s[0])+uint64(s[n>>1])<<8, n+uint64(s[n-1])<<2
		return farmShift(y*farm2^z*farm0) * farm2
	}
	return farm2
}

// farmLong folds 64 bytes after 64 into seven numbers, the last of them, which
// overlap, once more and harder.
func farmLong(s []byte) uint64 {
	seed := uint64(81)
	y := seed*farm1 + 113
	h := farmState{x: seed*farm2 + word(s), y: y, z: farmShift(y*farm2+113) * farm2}
	rest := uint64(len(s)-1) & 63
	last := s[len(s)-64:]
	for ; len(s) > 64; s = s[64:] {
		h.fold(s, farm1, 1)
	}
	mul := farm1 + h.z&0xff<<1
	h.w0 += rest
	h.v0 += h.w0
	h.w0 += h.v0
	h.fold(last, mul, 9)
	return farmMix(farmMix(h.v0, h.w0, mul)+farmShift(h.y)*farm0+h.z, farmMix(h.v1, h.w1, mul)+h.x, mul)
}

type farmState struct{ x, y, z, v0, v1, w0, w1 uint64 }

func (h *farmState) fold(s []byte, mul, times uint64) {
	h.x = right(h.x+h.y+h.v0+word(s[8:]), 37) * mul
	h.y = right(h.y+h.v1+word(s[48:]), 42) * mul
	h.x ^= h.w1 * times
	h.y += h.v0*times + word(s[40:])
	h.z = right(h.z+h.w0, 33) * mul
	h.v0, h.v1 = farmWeak(s, h.v1*mul, h.x+h.w0)
	h.w0, h.w1 = farmWeak(s[32:], h.z+h.w1, h.y+word(s[16:]))
	h.z, h.x = h.x, h.z
}

func farmWeak(s []byte, a, b uint64) (uint64, uint64) {
	a += word(s)
	b = right(b+a+word(s[24:]), 21)
	sum := a + word(s[8:]) + word(s[16:])
	return sum + word(s[24:]), b + right(sum, 44) + a
}
