package emulator

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"
)

// wire is how requests reach the emulator. A client takes a lost connection for
// passing trouble and repeats the request until its deadline; an emulator that is
// gone stays so. Its errors therefore say that, in no word that is repeated for.
type wire struct {
	server *Server
	next   http.RoundTripper
}

func (w wire) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := w.next.RoundTrip(r)
	if err != nil {
		return nil, w.server.lost(r.Context(), err)
	}
	res.Body = &wireBody{res.Body, r.Context(), w.server}
	if err := refuseInsteadOfFail(res); err != nil {
		return nil, err
	}
	return res, nil
}

// wireBody is an answer, during which the emulator can go as well.
type wireBody struct {
	io.ReadCloser
	ctx    context.Context
	server *Server
}

func (b *wireBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err != nil && err != io.EOF {
		err = b.server.lost(b.ctx, err)
	}
	return n, err
}

// noticeTimeout is how long a process that has lost its connections is looked at:
// the kernel closes those before it tells us of the end.
const noticeTimeout = time.Second

// lost says what has become of a server whose connection failed.
func (s *Server) lost(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return err // the context's own
	}
	if s.proc == nil {
		return fmt.Errorf("%s=%s does not answer any more: see whether the emulator there still runs", EnvEmulator, s.endpoint)
	}
	timer := time.NewTimer(noticeTimeout)
	defer timer.Stop()
	select {
	case <-s.proc.Exited():
		return s.proc.Err()
	case <-timer.C:
	case <-ctx.Done():
	}
	return fmt.Errorf("the emulator at %s does not answer any more, though it runs", s.endpoint)
}
