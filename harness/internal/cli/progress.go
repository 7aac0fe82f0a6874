package cli

import (
	"path/filepath"
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/intactdata/intact/quality/files"
)

// worthABar is the size from which on reading a file takes long enough for
// anybody to ask how far it is.
const worthABar = 32 << 20

// progress shows on a terminal how far the reading of large files is. It is nil
// where Stderr is no terminal, so that logs hold no bars.
func (p Process) progress() func(files.Progress) {
	if !p.ErrTerminal {
		return nil
	}
	var bar *progressbar.ProgressBar
	var last files.Progress
	return func(now files.Progress) {
		if now.Size < worthABar {
			return
		}
		if bar == nil || now.Path != last.Path || now.Read < last.Read {
			bar = progressbar.NewOptions64(now.Size,
				progressbar.OptionSetWriter(p.Stderr),
				progressbar.OptionSetDescription(filepath.Base(now.Path)),
				progressbar.OptionShowBytes(true),
				progressbar.OptionThrottle(100*time.Millisecond),
				progressbar.OptionClearOnFinish(),
			)
		}
		last = now
		_ = bar.Set64(now.Read) // a bar that cannot be drawn is no reason to stop
	}
}
