package fakebq

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
)

// RoundTrip serves a request of a client in this process, without a socket.
func (s *Server) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	in := r.Clone(r.Context())
	if in.Body == nil {
		in.Body = http.NoBody
	}
	defer in.Body.Close()
	rec := httptest.NewRecorder()
	broken := s.serveUnlessCut(rec, in)
	if err := r.Context().Err(); broken && err != nil {
		return nil, context.Cause(r.Context())
	}
	res := rec.Result()
	res.Request = r
	if broken {
		res.Body = io.NopCloser(io.MultiReader(res.Body, failingReader{}))
	}
	return res, nil
}

// serveUnlessCut reports whether the handler broke the connection.
func (s *Server) serveUnlessCut(w http.ResponseWriter, r *http.Request) (broken bool) {
	defer func() {
		switch p := recover(); {
		case p == nil:
		case errors.Is(asError(p), http.ErrAbortHandler):
			broken = true
		default:
			panic(p)
		}
	}()
	s.ServeHTTP(w, r)
	return false
}

func asError(p any) error {
	err, _ := p.(error)
	return err
}

// failingReader is a connection that has broken.
type failingReader struct{}

func (failingReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
