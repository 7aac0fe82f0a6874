package rolling

// A Dictionary gives every text a code, counted from 0 in the order in which
// they come. One dictionary must serve the rows, the expected keys and the
// points, so that the same entity has the same code. The zero value is empty.
type Dictionary struct {
	codes map[string]int32
	texts []string
	last  int32 // the code of the text before, which is often the next one's
}

// Code returns the code of a text, a new one if it is new.
func (d *Dictionary) Code(text string) int32 {
	if int(d.last) < len(d.texts) && d.texts[d.last] == text {
		return d.last
	}
	if c, ok := d.codes[text]; ok {
		d.last = c
		return c
	}
	if d.codes == nil {
		d.codes = map[string]int32{}
	}
	c := int32(len(d.texts))
	d.codes[text] = c
	d.texts, d.last = append(d.texts, text), c
	return c
}

// Text returns the text of a code.
func (d *Dictionary) Text(code int32) string {
	if code < 0 || int(code) >= len(d.texts) {
		return ""
	}
	return d.texts[code]
}

// Len returns the number of codes.
func (d *Dictionary) Len() int { return len(d.texts) }
