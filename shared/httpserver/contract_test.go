package httpserver_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"
	"github.com/labstack/echo/v4"

	"github.com/qihe-volunteers/qihe/shared/httpserver"
)

const document = `
openapi: 3.0.3
info: { title: trial, version: "1" }
paths:
  /tasks/{task_id}:
    put:
      operationId: putTask
      parameters:
        - { name: task_id, in: path, required: true, schema: { type: string, format: uuid } }
        - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 200 } }
        - { name: from, in: query, schema: { type: string, format: date-time } }
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: "#/components/schemas/Task" } } }
      responses: { "204": { description: kept } }
components:
  schemas:
    Task:
      type: object
      additionalProperties: false
      required: [title]
      properties:
        title: { type: string, minLength: 1, maxLength: 5 }
        kind: { type: string, enum: [in, out] }
        shifts: { type: array, minItems: 1, maxItems: 60, items: { $ref: "#/components/schemas/Shift" } }
    Shift:
      type: object
      additionalProperties: false
      required: [starts_at, seats]
      properties:
        starts_at: { type: string, format: date-time }
        seats: { type: integer, minimum: 1, maximum: 5000 }
`

const task = "/tasks/0193583c-7d00-7000-8000-000000000001"

func givenContract(t *testing.T) *site {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData([]byte(document))
	if err != nil {
		t.Fatal(err)
	}
	s := newSite(t)
	s.Group("", httpserver.Contract(doc)).PUT("/tasks/:task_id", echo.WrapHandler(status(http.StatusNoContent)))
	return s
}

func TestContract(t *testing.T) {
	t.Parallel()
	s := givenContract(t)
	long := strings.Repeat("长", 6)
	shift := func(change string) string { return `{"title": "a", "shifts": [` + change + `]}` }
	for name, c := range map[string]struct{ target, body, want string }{
		"a good request":                    {task, `{"title": "捡拾垃圾。"}`, "204"},
		"six harmless characters":           {task, `{"title": "\\u00"}`, "204"},
		"a backslash before a zero":         {task, `{"title": "\\\\u0000"}`, "422 title too_long"},
		"missing":                           {task, `{}`, "422 title missing"},
		"empty":                             {task, `{"title": ""}`, "422 title missing"},
		"too long":                          {task, `{"title": "` + long + `"}`, "422 title too_long"},
		"a zero byte":                       {task, `{"title": "\u0000"}`, "422 title wrong_format"},
		"a zero byte deep inside":           {task, shift(`{"starts_at": "\u0000", "seats": 1}`), "422 shifts[0].starts_at wrong_format"},
		"a zero byte in a name":             {task, `{"title": "a", "\u0000": 1}`, "422 \x00 unknown_field"},
		"a wrong type":                      {task, `{"title": 7}`, "422 title wrong_format"},
		"not a choice":                      {task, `{"title": "a", "kind": "IN"}`, "422 kind not_a_choice"},
		"unknown":                           {task, `{"title": "a", "role": 1}`, "422 role unknown_field"},
		"unknown, in quotation marks":       {task, `{"title": "a", "a\"b": 1}`, `422 a"b unknown_field`},
		"unknown, deep inside":              {task, shift(`{"starts_at": "2026-11-23T10:00:00Z", "seats": 1, "taken": 1}`), "422 shifts[0].taken unknown_field"},
		"missing, deep inside":              {task, shift(`{"starts_at": "2026-11-23T10:00:00Z"}`), "422 shifts[0].seats missing"},
		"too few, in the second":            {task, shift(`{"starts_at": "2026-11-23T10:00:00Z", "seats": 1}, {"starts_at": "2026-11-23T10:00:00Z", "seats": 0}`), "422 shifts[1].seats too_small"},
		"too many":                          {task, shift(`{"starts_at": "2026-11-23T10:00:00Z", "seats": 5001}`), "422 shifts[0].seats too_large_value"},
		"no items":                          {task, shift(``), "422 shifts missing"},
		"too many items":                    {task, shift(strings.Repeat(`1,`, 60) + `1`), "422 shifts too_many_items"},
		"a day that is none":                {task, shift(`{"starts_at": "2026-02-30T10:00:00Z", "seats": 1}`), "422 shifts[0].starts_at wrong_format"},
		"a year without JSON":               {task, shift(`{"starts_at": "9999-12-31T23:59:59-23:59", "seats": 1}`), "422 shifts[0].starts_at wrong_format"},
		"before the first code":             {task, shift(`{"starts_at": "1969-12-31T23:59:59Z", "seats": 1}`), "422 shifts[0].starts_at wrong_format"},
		"a wrong id":                        {"/tasks/1", `{"title": "a"}`, "422 task_id wrong_format"},
		"an id in capitals":                 {"/tasks/0193583C-7D00-7000-8000-000000000001", `{"title": "a"}`, "422 task_id wrong_format"},
		"a number that is none":             {task + "?limit=x", `{"title": "a"}`, "422 limit wrong_format"},
		"a number that is too large":        {task + "?limit=201", `{"title": "a"}`, "422 limit too_large_value"},
		"an instant that is none":           {task + "?from=now", `{"title": "a"}`, "422 from wrong_format"},
		"a query that is not UTF-8":         {task + "?from=%ff", `{"title": "a"}`, "422 from wrong_format"},
		"a zero byte in a query nobody has": {task + "?x=%00", `{"title": "a"}`, "422 x wrong_format"},
		"a query that is broken":            {task + "?x=%zz", `{"title": "a"}`, "400 unreadable"},
		"a path that is not UTF-8":          {"/tasks/%ff", `{"title": "a"}`, "404 no_such_address"},
		"no body":                           {task, ``, "400 unreadable"},
		"no JSON":                           {task, `{`, "400 unreadable"},
		"two values":                        {task, `{"title": "a"} {}`, "400 unreadable"},
		"not UTF-8":                         {task, "{\"title\": \"\xff\"}", "400 unreadable"},
		"too large":                         {task, strings.Repeat(" ", 1<<20+1), "413 too_large"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, s.inShort(t, c.target, c.body)); diff != "" {
				t.Error(diff)
			}
		})
	}
	t.Run("every wrong field is named at once, in the reader's language, with its limit", func(t *testing.T) {
		t.Parallel()
		w := s.ask(t, http.MethodPut, task+"?limit=0", `{"title": "`+long+`", "kind": "x"}`, "Accept-Language", "en")
		want := []wrong{
			{"limit", "too_small", "This cannot be less than 1."},
			{"kind", "not_a_choice", "Only the given choices are possible."},
			{"title", "too_long", "This is too long; at most 5 characters."},
		}
		if diff := cmp.Diff(want, refusalIn(t, w).Fields); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("who makes thousands of mistakes is told of fifty", func(t *testing.T) {
		t.Parallel()
		var body strings.Builder
		for i := range 10_000 {
			fmt.Fprintf(&body, `"%d": 1,`, i)
		}
		got := refusalIn(t, s.ask(t, http.MethodPut, task, `{`+body.String()+`"title": "a"}`))
		if len(got.Fields) != 50 {
			t.Errorf("%d fields", len(got.Fields))
		}
	})
}

// inShort asks and returns the status and what is said of the first field.
func (s *site) inShort(t *testing.T, target, body string) string {
	t.Helper()
	w := s.ask(t, http.MethodPut, target, body)
	if w.Code < 300 {
		return fmt.Sprint(w.Code)
	}
	got := refusalIn(t, w)
	if len(got.Fields) == 0 {
		return fmt.Sprintf("%d %s", got.Status, got.Code)
	}
	return fmt.Sprintf("%d %s %s", got.Status, got.Fields[0].Name, got.Fields[0].Code)
}
