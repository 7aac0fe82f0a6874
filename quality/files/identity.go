package files

import "os"

// Identity is the device and inode of each file: the same whatever path leads to
// it, by links of either kind too.
func (t *Text) Identity() ([]string, error) { return identity(t.files) }

// Identity is as that of Text.
func (t *parquetTable) Identity() ([]string, error) { return identity(t.files) }

func identity(of []file) ([]string, error) {
	out := make([]string, len(of))
	for i, f := range of {
		info, err := os.Stat(f.path)
		if err == nil {
			out[i], err = identityOf(f.path, info)
		}
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
