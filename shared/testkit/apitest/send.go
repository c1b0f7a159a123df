package apitest

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"time"
)

// answer is what the handler said.
type answer struct {
	request *http.Request // a copy whose body can be read again
	status  int
	header  http.Header
	body    []byte
}

// recorder ends the request when the handler pushes what it has written: the
// first event of a stream is enough.
type recorder struct {
	*httptest.ResponseRecorder
	stop context.CancelFunc
}

// Flush is called by event streams only.
func (r recorder) Flush() { r.stop() }

// send asks the handler in the language.
func (x *examiner) send(op operation, f form, lang string) (answer, error) {
	x.sent.Add(1)
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	text := f.text()
	r, err := http.NewRequestWithContext(ctx, op.method, "http://qihe.test"+x.target(op, f), body(f, text))
	if err != nil {
		return answer{}, err
	}
	r.RequestURI = r.URL.RequestURI()
	if f.chunked {
		r.ContentLength = -1
	}
	r.Header = f.header.Clone()
	r.Header.Set("Accept-Language", lang)
	if f.as.VolunteerID != "" {
		token, err := x.Signer.Token(f.as)
		if err != nil {
			return answer{}, err
		}
		r.Header.Set("Authorization", "Bearer "+token)
	}
	again := r.Clone(ctx)
	again.Body = io.NopCloser(strings.NewReader(text))
	rec := recorder{httptest.NewRecorder(), cancel}
	x.Handler.ServeHTTP(rec, r)
	return answer{request: again, status: rec.Code, header: rec.Header(), body: rec.Body.Bytes()}, nil
}

func body(f form, text string) io.Reader {
	if f.body == nil {
		return http.NoBody
	}
	return strings.NewReader(text)
}

// target is the address of the request, with whatever the form has in its path.
func (x *examiner) target(op operation, f form) string {
	path := op.path
	for name, text := range f.path {
		path = strings.ReplaceAll(path, "{"+name+"}", url.PathEscape(text))
	}
	target := x.prefix + path
	if len(f.query) > 0 {
		target += "?" + f.query.Encode()
	}
	return target
}
