package contract_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// lost says what a reader of before misses in now: a field that is gone, is of another
// type or says something else. What is added is no loss.
func lost(before, now []byte) []string {
	var b, n any
	for body, into := range map[*[]byte]*any{&before: &b, &now: &n} {
		d := json.NewDecoder(bytes.NewReader(*body))
		d.UseNumber()
		if err := d.Decode(into); err != nil {
			return []string{"it is no JSON: " + err.Error()}
		}
	}
	found := missing("", b, n)
	slices.Sort(found)
	return found
}

func missing(path string, before, now any) (found []string) {
	if reflect.TypeOf(before) != reflect.TypeOf(now) {
		return []string{fmt.Sprintf("%s was %s and is %s", path, sort(before), sort(now))}
	}
	switch before := before.(type) {
	case map[string]any:
		there, _ := now.(map[string]any)
		for name, value := range before {
			if _, ok := there[name]; !ok {
				found = append(found, path+"/"+name+" is gone")
				continue
			}
			found = append(found, missing(path+"/"+name, value, there[name])...)
		}
	case []any:
		there, _ := now.([]any)
		if len(before) != len(there) {
			return []string{fmt.Sprintf("%s had %d members and has %d", path, len(before), len(there))}
		}
		for i := range before {
			found = append(found, missing(fmt.Sprintf("%s/%d", path, i), before[i], there[i])...)
		}
	default:
		if before != now {
			found = append(found, fmt.Sprintf("%s was %v and is %v", path, before, now))
		}
	}
	return found
}

func sort(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case string:
		return "a text"
	case json.Number:
		return "a number"
	case bool:
		return "yes or no"
	case []any:
		return "a list"
	default:
		return "an object"
	}
}

// withMore is a body as a newer release may write it: one more of each sort of field.
func withMore(t *testing.T, body []byte) []byte {
	t.Helper()
	const more = `"of_a_newer_release":{"list":[1,"two",null]},"newer_text":"x","newer_number":1.5,"newer_nothing":null}`
	less, found := strings.CutSuffix(strings.TrimSpace(string(body)), "}")
	if !found {
		t.Fatalf("%s is no object", body)
	}
	return []byte(less + "," + more)
}

// strictly reads as nobody may who listens.
func strictly(like event, body []byte) error {
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	return d.Decode(reflect.New(reflect.TypeOf(like)).Interface())
}

// The comparison itself: what it must find, and what it must let pass.
func TestLost(t *testing.T) {
	t.Parallel()
	const before = `{"id":"7","minutes":60,"trained":true,"at":"2026-11-26T09:30:15.12Z","of":{"team":"3"},"all":["1","2"],"none":null}`
	for name, c := range map[string]struct{ now, want string }{
		"nothing":                        {before, ""},
		"another order, and more":        {`{"more":1,"all":["1","2"],"of":{"more":[],"team":"3"},"none":null,"at":"2026-11-26T09:30:15.12Z","trained":true,"minutes":60,"id":"7"}`, ""},
		"a field that is taken away":     {`{"id":"7","trained":true,"at":"2026-11-26T09:30:15.12Z","of":{"team":"3"},"all":["1","2"],"none":null}`, "/minutes is gone"},
		"a renamed one":                  {`{"id":"7","time":60,"trained":true,"at":"2026-11-26T09:30:15.12Z","of":{"team":"3"},"all":["1","2"],"none":null}`, "/minutes is gone"},
		"another type":                   {`{"id":"7","minutes":"60","trained":true,"at":"2026-11-26T09:30:15.12Z","of":{"team":"3"},"all":["1","2"],"none":null}`, "/minutes was a number and is a text"},
		"a number that is another":       {`{"id":"7","minutes":3600,"trained":true,"at":"2026-11-26T09:30:15.12Z","of":{"team":"3"},"all":["1","2"],"none":null}`, "/minutes was 60 and is 3600"},
		"a time written otherwise":       {`{"id":"7","minutes":60,"trained":true,"at":"2026-11-26","of":{"team":"3"},"all":["1","2"],"none":null}`, "/at was 2026-11-26T09:30:15.12Z and is 2026-11-26"},
		"something deeper":               {`{"id":"7","minutes":60,"trained":true,"at":"2026-11-26T09:30:15.12Z","of":{"brigade":"3"},"all":["1","2"],"none":null}`, "/of/team is gone"},
		"a list that is shorter":         {`{"id":"7","minutes":60,"trained":true,"at":"2026-11-26T09:30:15.12Z","of":{"team":"3"},"all":["1"],"none":null}`, "/all had 2 members and has 1"},
		"two fields that changed places": {`{"id":"3","minutes":60,"trained":true,"at":"2026-11-26T09:30:15.12Z","of":{"team":"7"},"all":["1","2"],"none":null}`, "/id was 7 and is 3; /of/team was 3 and is 7"},
		"no JSON":                        {`{`, "it is no JSON: unexpected EOF"},
	} {
		if got := strings.Join(lost([]byte(before), []byte(c.now)), "; "); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
