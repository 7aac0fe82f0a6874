package files

import (
	"context"
	"os"

	"github.com/intactdata/intact/quality"
)

// Progress is how far the reading of one file has come.
type Progress struct {
	Path string
	Read int64 // bytes of the file as it lies on disk; of Parquet not all need be read
	Size int64
}

// meter reports the bytes read from disk, and stops when the context is done.
type meter struct {
	ctx    context.Context
	file   *os.File
	report func(Progress)
	now    Progress
}

func newMeter(ctx context.Context, f *os.File, info os.FileInfo, report func(Progress)) *meter {
	return &meter{ctx, f, report, Progress{Path: f.Name(), Size: info.Size()}}
}

func (m *meter) ReadAt(p []byte, offset int64) (int, error) {
	return m.count(func() (int, error) { return m.file.ReadAt(p, offset) })
}

func (m *meter) count(read func() (int, error)) (int, error) {
	if m.ctx.Err() != nil {
		return 0, quality.Ended(m.ctx, nil)
	}
	n, err := read()
	if m.now.Read = min(m.now.Read+int64(n), m.now.Size); n > 0 && m.report != nil {
		m.report(m.now)
	}
	return n, err
}
