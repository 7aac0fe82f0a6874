package container

import (
	"fmt"
	"regexp"
	"strconv"
)

// oldest is the first version that answers our SQL.
var oldest = [2]int{0, 8}

// tagged finds the tag of an image, before its digest.
// https://pkg.go.dev/github.com/distribution/reference
var tagged = regexp.MustCompile(`:([\w.-]+)(?:@.+)?$`)

// numbered is how a version begins.
var numbered = regexp.MustCompile(`^v?(\d{1,9})\.(\d{1,9})(?:[.-]|$)`)

// checkVersion refuses an image whose emulator is too old, or of unknown age. Version
// is what the caller says of one whose tag does not tell.
func checkVersion(image, version string) error {
	said := version
	if said == "" {
		if tag := tagged.FindStringSubmatch(image); tag != nil {
			said = tag[1]
		}
	}
	parts := numbered.FindStringSubmatch(said)
	if parts == nil {
		if version != "" {
			return fmt.Errorf("image %s: %q is no version of the emulator: write it as 0.8.1", image, version)
		}
		return fmt.Errorf("image %s: its tag does not tell the emulator's version, which must be %d.%d or newer: tag it with that, or say it as Options.Version", image, oldest[0], oldest[1])
	}
	major, _ := strconv.Atoi(parts[1])
	minor, _ := strconv.Atoi(parts[2])
	if major < oldest[0] || major == oldest[0] && minor < oldest[1] {
		return fmt.Errorf("image %s: the emulator's version %s is too old, it answers our SQL wrongly: name %d.%d or newer, such as %s", image, said, oldest[0], oldest[1], PublicImage)
	}
	return nil
}
