package edge

import (
	"mime"
	"net/http"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

var (
	errForeignPage = apperr.New(apperr.Forbidden, "foreign_page", "这个请求来自别的网站，已拒绝。请在淇河志愿的页面上操作。", "This request came from another site and was refused. Please use Qihe's own pages.")
	errUnknownPage = apperr.New(apperr.Forbidden, "unknown_page", "不知道这个请求来自哪个页面，已拒绝。请换一个新一点的浏览器。", "It is not known which page this request came from, so it was refused. Please use a newer browser.")
)

// sameOrigin refuses an unsafe request that another site's page may have made
// with our reader's cookie (OWASP ASVS 5.0, 3.5).
//
// Browsers since 2023 say in Sec-Fetch-Site where a request comes from, older
// ones name the page's Origin; net/http judges both. It lets a request with
// neither pass, as it cannot be from a browser of today. We do not: it must at
// least be JSON, which no form of another site can send and no script of
// another site may send without asking us first, which we never answer.
func (e *Edge) sameOrigin(r *http.Request) error {
	if err := e.origins.Check(r); err != nil {
		return errForeignPage
	}
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
		return nil
	}
	if r.Header.Get("Sec-Fetch-Site") != "" || r.Header.Get("Origin") != "" {
		return nil
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return errUnknownPage
	}
	return nil
}
