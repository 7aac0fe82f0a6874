package claim

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// The longest name of a file in common file systems, in bytes.
const longestFileName = 255

// fileName is the name of a file, by which nameOf finds the one it stands for. Capitals
// are escaped, as some file systems take them for small letters, and so is what is no
// letter, digit, - or _, but for a point within.
func fileName(name string) string {
	var b strings.Builder
	for i := range len(name) {
		switch c := name[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '-', c == '_', c == '.' && i > 0 && i < len(name)-1:
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02x", c)
		}
	}
	return b.String()
}

// nameOf is the name that a file's name stands for.
func nameOf(file string) (string, error) {
	name, err := url.PathUnescape(file)
	if err == nil && fileName(name) != file {
		err = errors.New("no claims are kept under such a name")
	}
	return name, err
}
