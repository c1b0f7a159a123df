package replicas

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"sync/atomic"
)

// keptMost is how much of a body is kept to be sent again: what people write fits,
// photos and workbooks do not.
const keptMost = 64 << 10

// request is one that can be sent more than once, whole or as long as nothing of
// its body was read.
type request struct {
	*http.Request
	repeat bool   // may be sent again after it was sent
	kept   []byte // the body, when it is repeat
	body   *untouched
}

// keep reads the body of a request that may be sent again.
func keep(r *http.Request) (*request, error) {
	s := &request{Request: r}
	if r.Body == nil || r.Body == http.NoBody {
		s.repeat = repeatable(r)
		return s, nil
	}
	body := r.Body
	if repeatable(r) && r.ContentLength <= keptMost {
		kept, err := io.ReadAll(io.LimitReader(r.Body, keptMost+1))
		if err != nil {
			_ = r.Body.Close()
			return nil, fmt.Errorf("read request: %w", err)
		}
		if len(kept) <= keptMost {
			s.repeat, s.kept = true, kept
			_ = r.Body.Close()
			return s, nil
		}
		body = struct {
			io.Reader
			io.Closer
		}{io.MultiReader(bytes.NewReader(kept), r.Body), r.Body}
	}
	s.body = &untouched{ReadCloser: body}
	return s, nil
}

// to returns the request for one replica.
func (s *request) to(host string) *http.Request {
	r := *s.Request
	address := *s.URL
	if r.Host == "" {
		r.Host = address.Host // what it is called, wherever it is
	}
	address.Host, r.URL = host, &address
	switch {
	case s.kept != nil:
		r.Body, r.GetBody = body(s.kept), func() (io.ReadCloser, error) { return body(s.kept), nil }
	case s.body != nil:
		r.Body, r.GetBody = s.body, nil
	}
	return &r
}

func body(kept []byte) io.ReadCloser { return io.NopCloser(bytes.NewReader(kept)) }

func (s *request) close() {
	if s.body != nil {
		_ = s.body.ReadCloser.Close()
	}
}

// untouched is a body that outlives an attempt which did not begin to read it.
type untouched struct {
	io.ReadCloser
	read atomic.Bool
}

func (u *untouched) Read(p []byte) (int, error) {
	u.read.Store(true)
	return u.ReadCloser.Read(p)
}

func (u *untouched) Close() error {
	if !u.read.Load() {
		return nil
	}
	return u.ReadCloser.Close()
}
