package messages

import (
	_ "embed"
	"html/template"
	"net"
	"net/http"

	"github.com/qihe-volunteers/qihe/shared/clock"
)

// Where the page and its style are.
const (
	Path      = "/dev/messages"
	StylePath = "/dev/messages/style.css" // a file of its own: the policy of all pages allows no style inside one
)

//go:embed page.html
var pageText string

//go:embed style.css
var style []byte

var page = template.Must(template.New("messages").Parse(pageText))

// Handlers returns the page and its style by their paths.
func (g *Gateway) Handlers() map[string]http.Handler {
	return map[string]http.Handler{
		Path: local(g.servePage),
		StylePath: local(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/css; charset=utf-8")
			_, _ = w.Write(style)
		}),
	}
}

func (g *Gateway) servePage(w http.ResponseWriter, _ *http.Request) {
	type line struct{ At, Phone, Text string }
	var lines []line
	for _, m := range g.Latest() {
		lines = append(lines, line{m.At.In(clock.City).Format("15:04:05"), m.Phone, m.Text})
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_ = page.Execute(w, lines) // the reader is gone if this fails
}

// local answers only who sits at this computer and calls it by one of its own
// names. A page elsewhere could point a name of its own at 127.0.0.1 and read
// the codes.
func local(next http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		peer, _, err := net.SplitHostPort(r.RemoteAddr)
		if err != nil || !isLoopback(peer) {
			http.NotFound(w, r)
			return
		}
		host, _, err := net.SplitHostPort(r.Host)
		if err != nil {
			host = r.Host
		}
		if host != "localhost" && !isLoopback(host) {
			http.NotFound(w, r)
			return
		}
		next(w, r)
	})
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
