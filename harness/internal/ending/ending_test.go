package ending

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var errEnough = errors.New("enough")

// onceBegun returns a context that ends as soon as begun is called.
func onceBegun(t *testing.T) (ctx context.Context, begun func()) {
	ctx, end := context.WithCancelCause(t.Context())
	return ctx, func() { end(errEnough) }
}

// stuck reads and writes for ever, once they have begun.
type stuck struct{ begun func() }

func (s stuck) Read([]byte) (int, error)  { s.begun(); select {} }
func (s stuck) Write([]byte) (int, error) { s.begun(); select {} }

func TestReadThatBlocksEndsWithItsContext(t *testing.T) {
	ctx, begun := onceBegun(t)
	in := Reader(ctx, io.MultiReader(bytes.NewReader([]byte("before")), stuck{begun}))
	got, err := io.ReadAll(in)
	assert.ErrorIs(t, err, errEnough)
	assert.Equal(t, "before", string(got))
	_, err = in.Read(make([]byte, 1))
	assert.ErrorIs(t, err, errEnough, "it stays so")
}

func TestReaderReadsWhatThereIs(t *testing.T) {
	text := bytes.Repeat([]byte("0123456789"), chunk/5)
	in := Reader(t.Context(), iotest.DataErrReader(bytes.NewReader(text)))
	require.NoError(t, iotest.TestReader(in, text))
	in = Reader(t.Context(), iotest.TimeoutReader(bytes.NewReader(text)))
	got, err := io.ReadAll(in)
	assert.ErrorIs(t, err, iotest.ErrTimeout, "an error arrives as it is")
	assert.Equal(t, text[:chunk], got, "behind what came before it")
}

func TestWriteThatBlocksEndsWithItsContext(t *testing.T) {
	ctx, begun := onceBegun(t)
	out := Writer(ctx, stuck{begun})
	_, err := out.Write([]byte("x"))
	assert.ErrorIs(t, err, errEnough)
	_, err = out.Write([]byte("x"))
	assert.ErrorIs(t, err, errEnough, "it stays so")
}

func TestWriterWritesWhatItIsGiven(t *testing.T) {
	var b bytes.Buffer
	n, err := Writer(t.Context(), &b).Write([]byte("text"))
	require.NoError(t, err)
	assert.Equal(t, 4, n)
	assert.Equal(t, "text", b.String())
}

func TestReadFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	_, err := ReadFile(t.Context(), path)
	assert.ErrorIs(t, err, os.ErrNotExist)
	require.NoError(t, os.WriteFile(path, []byte("text"), 0o600))
	got, err := ReadFile(t.Context(), path)
	require.NoError(t, err)
	assert.Equal(t, "text", string(got))
}

func TestNothingIsBegunAfterTheEnd(t *testing.T) {
	ctx, end := context.WithCancelCause(t.Context())
	end(errEnough)
	_, err := Await(ctx, func() (int, error) {
		t.Error("it was begun")
		return 0, nil
	})
	assert.ErrorIs(t, err, errEnough)
}

func TestPanicIsAnError(t *testing.T) {
	_, err := Await(t.Context(), func() (int, error) { panic("no such width") })
	assert.ErrorContains(t, err, "no such width")
	assert.ErrorContains(t, err, "ending_test.go", "it says where")
}

func TestAfterwardsEndsBehindItsContext(t *testing.T) {
	ctx, end := context.WithCancelCause(t.Context())
	after, stop := Afterwards(ctx, 0)
	defer stop()
	require.NoError(t, after.Err())
	end(errEnough)
	<-after.Done()
	assert.ErrorIs(t, context.Cause(after), errEnough)

	after, stop = Afterwards(ctx, time.Hour)
	assert.NoError(t, after.Err(), "there is a moment left")
	stop()
	assert.Error(t, after.Err())
}
