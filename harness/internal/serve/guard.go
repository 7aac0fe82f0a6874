package serve

import (
	"crypto/sha256"
	"crypto/subtle"
	"net"
	"net/http"
	"strings"
)

// guarded lets those through who show the token. Where none is asked for only programs
// of this machine are let through, and not what a page of another origin has a browser
// of this machine ask, under whatever name it found the way.
func (s *Server) guarded(next http.Handler) http.Handler {
	if s.config.Token != "" {
		want := sha256.Sum256([]byte(s.config.Token))
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
			got := sha256.Sum256([]byte(strings.TrimSpace(token)))
			if subtle.ConstantTimeCompare(got[:], want[:]) != 1 || !strings.EqualFold(scheme, "Bearer") {
				w.Header().Set("WWW-Authenticate", `Bearer realm="intact"`)
				http.Error(w, "show the token: Authorization: Bearer TOKEN", http.StatusUnauthorized)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
	same := http.NewCrossOriginProtection().Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !Loopback(hostOf(r.Host)) {
			http.Error(w, "without a token only this machine is answered, by its own name: localhost", http.StatusForbidden)
			return
		}
		same.ServeHTTP(w, r)
	})
}

func hostOf(hostport string) string {
	if host, _, err := net.SplitHostPort(hostport); err == nil {
		return host
	}
	return strings.Trim(hostport, "[]")
}

// Loopback reports whether a host is this machine, and reached by nobody else.
func Loopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}
