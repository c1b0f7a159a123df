package httpserver

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

var statusOf = map[apperr.Kind]int{
	apperr.Invalid:         http.StatusUnprocessableEntity,
	apperr.Unauthenticated: http.StatusUnauthorized,
	apperr.Forbidden:       http.StatusForbidden,
	apperr.NotFound:        http.StatusNotFound,
	apperr.Conflict:        http.StatusConflict,
	apperr.TooMany:         http.StatusTooManyRequests,
	apperr.Unavailable:     http.StatusServiceUnavailable,
}

var (
	errInternal  = apperr.New("internal", "internal", "系统出了点问题，没有保存。请稍后再试；若还不行，请把编号 {id} 告诉工作人员。", "Something went wrong on our side and nothing was saved. Please try again later, or tell the staff the number {id}.")
	errNoRoute   = apperr.New(apperr.NotFound, "no_such_address", "没有这个地址。", "There is nothing at this address.")
	errTooLarge  = apperr.New(apperr.Invalid, "too_large", "内容太大了，请减少后再试。", "This is too large; please shorten it and try again.")
	errUnread    = apperr.New(apperr.Invalid, "unreadable", "这个请求读不懂，请刷新页面再试。", "This request cannot be read; please reload the page and try again.")
	errMethod    = apperr.New(apperr.Invalid, "wrong_method", "这个地址不支持这样的操作。", "This address does not support that.")
	errMediaType = apperr.New(apperr.Invalid, "wrong_media_type", "请以 JSON 格式提交。", "Please send JSON.")
	errBusy      = apperr.New(apperr.Unavailable, "unavailable", "系统正忙，请过一会儿再试。", "The system is busy; please try again in a moment.")
)

// statusLeft is what log lines and metrics show for a request whose reader left
// before it was answered: nobody sees it, and it must not count as a fault.
const statusLeft = 499

type problem struct {
	Type      string         `json:"type"`
	Title     string         `json:"title"`
	Status    int            `json:"status"`
	Code      string         `json:"code"`
	RequestID string         `json:"request_id,omitempty"`
	Fields    []problemField `json:"fields,omitempty"`
}

type problemField struct {
	Name    string `json:"name"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// Language returns the language to answer a request in: "en" when the reader
// prefers it, Chinese otherwise.
func Language(r *http.Request) string {
	first, _, _ := strings.Cut(r.Header.Get("Accept-Language"), ",")
	if strings.HasPrefix(strings.ToLower(strings.TrimSpace(first)), "en") {
		return "en"
	}
	return "zh"
}

// handleError answers with problem+json (RFC 9457) and logs what is our fault. It is the
// only place where an error becomes an HTTP status.
func handleError(log *slog.Logger) echo.HTTPErrorHandler {
	return func(err error, c echo.Context) {
		if c.Response().Committed {
			return
		}
		known, status := translate(err)
		keepRefusal(c, known.Code)
		requestID := c.Response().Header().Get(echo.HeaderXRequestID)
		switch {
		case known != errInternal:
		case c.Request().Context().Err() != nil: // the reader's leaving ended it in the middle
			log.Info("the reader has left", "route", c.Path(), "request_id", requestID, "error", err)
			_ = c.NoContent(statusLeft)
			return
		default:
			known = known.With("id", requestID)
			log.Error("request failed", "route", c.Path(), "request_id", requestID, "error", err)
		}
		write(c, known, status, requestID)
	}
}

// WriteProblem answers w with err as problem+json, for handlers that are not Echo's.
func WriteProblem(w http.ResponseWriter, r *http.Request, err *apperr.Error, requestID string) {
	body, status := render(r, err, statusOf[err.Kind], requestID)
	w.Header().Set("Content-Type", "application/problem+json")
	if status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "3")
	}
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

func write(c echo.Context, err *apperr.Error, status int, requestID string) {
	body, status := render(c.Request(), err, status, requestID)
	if status == http.StatusServiceUnavailable {
		c.Response().Header().Set("Retry-After", "3")
	}
	_ = c.Blob(status, "application/problem+json", body) // the reader is gone if this fails
}

func render(r *http.Request, err *apperr.Error, status int, requestID string) ([]byte, int) {
	lang := Language(r)
	p := problem{Type: "about:blank", Title: err.Text(lang), Status: status, Code: err.Code, RequestID: requestID}
	for _, f := range err.Fields {
		p.Fields = append(p.Fields, problemField{Name: f.Name, Code: f.Code(), Message: f.Text(lang)})
	}
	body, _ := json.Marshal(p) // strings and numbers: cannot fail
	return body, status
}

// translate finds the sentence and the status for any error.
func translate(err error) (*apperr.Error, int) {
	var known *apperr.Error
	if errors.As(err, &known) {
		if status, ok := statusOf[known.Kind]; ok {
			return known, status
		}
	}
	var e *echo.HTTPError
	if errors.As(err, &e) {
		switch e.Code {
		case http.StatusNotFound:
			return errNoRoute, e.Code
		case http.StatusMethodNotAllowed:
			return errMethod, e.Code
		case http.StatusRequestEntityTooLarge:
			return errTooLarge, e.Code
		case http.StatusUnsupportedMediaType:
			return errMediaType, e.Code
		case http.StatusBadRequest:
			return errUnread, e.Code
		}
	}
	if postgres.Unreachable(err) {
		return errBusy, http.StatusServiceUnavailable
	}
	return errInternal, http.StatusInternalServerError
}
