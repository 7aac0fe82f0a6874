package files

import "os"

// Identity is the device and inode of each file: the same whatever path leads to
// it, by links of either kind too.
func (h handles) Identity() ([]string, error) {
	out := make([]string, len(h))
	for i, f := range h {
		info, err := os.Stat(f.path)
		if err == nil {
			out[i], err = FileIdentity(f.path, info)
		}
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
