package httpserver

import (
	"net/url"
	"strings"
)

// Attachment is a Content-Disposition for a file that is kept under a name, not shown (RFC 6266).
func Attachment(name string) string {
	return "attachment; filename*=UTF-8''" + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
}
