package report

// bars are as high as their place.
var bars = []rune("▁▂▃▄▅▆▇█")

// sparkline draws numbers as bars, from the least to the greatest of them; equal ones
// are of half the height, and nil, where there is no number, is a dot.
func sparkline(values []*float64) string {
	var least, greatest *float64
	for _, v := range values {
		if v != nil && (least == nil || *v < *least) {
			least = v
		}
		if v != nil && (greatest == nil || *v > *greatest) {
			greatest = v
		}
	}
	out := make([]rune, len(values))
	for i, v := range values {
		switch {
		case v == nil:
			out[i] = '·'
		case *least == *greatest:
			out[i] = bars[len(bars)/2-1]
		default:
			// Halves, for the difference of two floats can be infinite.
			part := (*v/2 - *least/2) / (*greatest/2 - *least/2)
			out[i] = bars[min(int(part*float64(len(bars))), len(bars)-1)]
		}
	}
	return string(out)
}
