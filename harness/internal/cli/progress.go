package cli

import (
	"path/filepath"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/intactdata/intact/quality"
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
	broken := false
	return func(now files.Progress) {
		if now.Size < worthABar || broken {
			return
		}
		err := quality.Guard("the progress bar panicked", func() error {
			if bar == nil || now.Path != last.Path || now.Read < last.Read {
				bar = p.bar(now)
			}
			last = now
			return bar.Set64(now.Read)
		})
		broken = err != nil // a bar that cannot be drawn is no reason to stop
	}
}

func (p Process) bar(of files.Progress) *progressbar.ProgressBar {
	return progressbar.NewOptions64(of.Size,
		progressbar.OptionSetWriter(p.Stderr),
		progressbar.OptionSetDescription(filepath.Base(of.Path)),
		progressbar.OptionShowBytes(true),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(),
	)
}

// faultProgress shows on a terminal how many faults have been tried. It is nil where
// Stderr is no terminal.
func (p Process) faultProgress() func(all int) {
	if !p.ErrTerminal {
		return nil
	}
	var mu sync.Mutex
	var bar *progressbar.ProgressBar
	broken := false
	return func(all int) {
		mu.Lock()
		defer mu.Unlock()
		if broken {
			return
		}
		broken = nil != quality.Guard("the progress bar panicked", func() error {
			if bar == nil {
				bar = progressbar.NewOptions(all,
					progressbar.OptionSetWriter(p.Stderr),
					progressbar.OptionSetDescription("faults"),
					progressbar.OptionShowCount(),
					progressbar.OptionThrottle(100*time.Millisecond),
					progressbar.OptionClearOnFinish(),
				)
			}
			return bar.Add(1)
		})
	}
}
