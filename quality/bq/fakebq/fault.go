package fakebq

import (
	"net/http"
	"slices"
	"strconv"
	"time"
)

// Always is the number of times for a fault that does not pass.
const Always = -1

// Fault is something that goes wrong with a request whatever it asks. Exactly
// one of Error, Cut, Hang, Late and Panic is set.
type Fault struct {
	Op    Op  // the requests that it happens to; all when empty
	Skip  int // requests of Op that go well before it
	Times int // how often it happens: 0 is once

	// Error is answered, and nothing else happens.
	Error *Error
	// Cut handles the request and sends half of the answer, as a connection
	// does that breaks.
	Cut bool
	// Hang does not answer until the client gives up.
	Hang bool
	// Late is Hang, and so long after the client has given up the request is
	// handled all the same.
	Late time.Duration
	// Panic panics in the client, where that is in the same process.
	Panic string
}

// Inject lets a fault happen to requests to come. Of several that fit a
// request, the one injected first happens.
func (s *Server) Inject(f Fault) {
	if f.Times == 0 {
		f.Times = 1
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &f)
}

// nextFault takes the fault that happens to a request, or nil.
func (s *Server) nextFault(op Op) *Fault {
	for i, f := range s.faults {
		switch {
		case f.Op != "" && f.Op != op:
		case f.Skip > 0:
			f.Skip--
		default:
			if f.Times--; f.Times == 0 {
				s.faults = slices.Delete(s.faults, i, i+1)
			}
			return f
		}
	}
	return nil
}

// cut promises the whole answer, sends half and breaks the connection.
func cut(w http.ResponseWriter, answer []byte) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(answer)))
	_, _ = w.Write(answer[:len(answer)/2])
	if f, ok := w.(http.Flusher); ok {
		f.Flush()
	}
	panic(http.ErrAbortHandler)
}
