package apitest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"unicode"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
)

// problem is what a refusal says, as far as it is looked at.
type problem struct {
	Title     string `json:"title"`
	Status    int    `json:"status"`
	RequestID string `json:"request_id"`
	Fields    []struct {
		Name    string `json:"name"`
		Message string `json:"message"`
	} `json:"fields"`
}

// judge complains about whatever no answer may be, whatever was asked.
func (x *examiner) judge(a answer, lang string) error {
	switch {
	case a.status >= 500:
		return fmt.Errorf("status %d: %s", a.status, a.body)
	case a.status >= 400:
		return x.judgeRefusal(a, lang)
	case a.status >= 300:
		return fmt.Errorf("status %d", a.status)
	}
	return x.judgeSuccess(a)
}

// longest is how many bytes may say what is wrong: who sends a megabyte of
// mistakes is not answered with twenty.
const longest = 64 << 10

func (x *examiner) judgeRefusal(a answer, lang string) error {
	if kind := a.header.Get("Content-Type"); kind != "application/problem+json" {
		return fmt.Errorf("status %d as %q: %s", a.status, kind, a.body)
	}
	if err := x.documented(a); err != nil {
		return err
	}
	if len(a.body) > longest {
		return fmt.Errorf("%d bytes of refusal", len(a.body))
	}
	var tree any
	if err := json.Unmarshal(a.body, &tree); err != nil {
		return fmt.Errorf("no JSON: %w", err)
	}
	if err := x.problem.VisitJSON(tree); err != nil {
		return fmt.Errorf("not a problem as documented: %w", err)
	}
	p := a.problem()
	if p.Status != a.status || p.RequestID == "" || p.RequestID != a.header.Get("X-Request-Id") {
		return fmt.Errorf("status %d with request id %q in the head, but %s", a.status, a.header.Get("X-Request-Id"), a.body)
	}
	sentences := []string{p.Title}
	for _, f := range p.Fields {
		sentences = append(sentences, f.Message)
	}
	for _, s := range sentences {
		if !readable(s, lang) {
			return fmt.Errorf("%q is no sentence in %s", s, lang)
		}
	}
	return nil
}

// statuses are all that Qihe refuses with. Documents say `default` for them, which alone
// would let anything pass.
var statuses = []int{
	http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusConflict,
	http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity, http.StatusTooManyRequests,
}

// documented complains about a refusal that the document does not have. At an address that it
// does not have either, there is nothing to compare with.
func (x *examiner) documented(a answer) error {
	if !slices.Contains(statuses, a.status) {
		return fmt.Errorf("status %d is none that is refused with", a.status)
	}
	route, _, err := x.router.FindRoute(a.request)
	if err != nil || route.Operation.Responses.Status(a.status) != nil || route.Operation.Responses.Default() != nil {
		return nil //nolint:nilerr // no such address
	}
	return fmt.Errorf("status %d is not in the document", a.status)
}

// readable reports whether a sentence is in the language, and is one: what a
// person reads holds no words of the machine.
func readable(s, lang string) bool {
	for _, word := range []string{"pq:", "SQL", "json:", ".go", "goroutine", "%!", "schema", "{"} {
		if strings.Contains(s, word) {
			return false
		}
	}
	if lang == "en" {
		return s != "" && s[0] < unicode.MaxASCII
	}
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

func (x *examiner) judgeSuccess(a answer) error {
	route, params, err := x.router.FindRoute(a.request)
	if err != nil {
		return fmt.Errorf("status %d at an address that the document does not have: %w", a.status, err)
	}
	if route.Operation.Responses.Status(a.status) == nil {
		return fmt.Errorf("status %d is not in the document", a.status)
	}
	if stream := "text/event-stream"; route.Operation.Responses.Status(a.status).Value.Content.Get(stream) != nil {
		return a.judgeStream(stream)
	}
	for _, kind := range []string{"image/jpeg", "text/calendar"} { // of what is in them the document says nothing
		if route.Operation.Responses.Status(a.status).Value.Content.Get(kind) != nil {
			return a.judgeFile(kind)
		}
	}
	return openapi3filter.ValidateResponse(a.request.Context(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: a.request, PathParams: params, Route: route},
		Status:                 a.status,
		Header:                 a.header,
		Body:                   io.NopCloser(bytes.NewReader(a.body)),
		Options:                &openapi3filter.Options{IncludeResponseStatus: true, MultiError: true},
	})
}

// judgeStream looks at the first event; the document cannot say more of one
// than that it is text.
func (a answer) judgeStream(kind string) error {
	name, data, _ := strings.Cut(strings.TrimSuffix(string(a.body), "\n\n"), "\n")
	if a.header.Get("Content-Type") != kind || !strings.HasPrefix(name, "event: ") || !json.Valid([]byte(strings.TrimPrefix(data, "data: "))) {
		return fmt.Errorf("no event: %q as %q", a.body, a.header.Get("Content-Type"))
	}
	return nil
}

func (a answer) judgeFile(kind string) error {
	if got, _, _ := strings.Cut(a.header.Get("Content-Type"), ";"); got != kind || len(a.body) == 0 {
		return fmt.Errorf("%d bytes as %q, not %s", len(a.body), got, kind)
	}
	return nil
}

func (a answer) problem() (p problem) {
	_ = json.Unmarshal(a.body, &p) // judge has looked at it
	return p
}

// plain is the answer without what differs from one request to the next.
func (a answer) plain() string {
	body := string(a.body)
	if id := a.problem().RequestID; id != "" {
		body = strings.ReplaceAll(body, id, "")
	}
	return fmt.Sprintf("%d %s", a.status, body)
}

func (p problem) names(field string) bool {
	for _, f := range p.Fields {
		if f.Name == field {
			return true
		}
	}
	return false
}

func problemSchema(doc *openapi3.T) (*openapi3.Schema, error) {
	if doc.Components == nil || doc.Components.Schemas["Problem"] == nil {
		return nil, fmt.Errorf("the document has no schema Problem")
	}
	return doc.Components.Schemas["Problem"].Value, nil
}
