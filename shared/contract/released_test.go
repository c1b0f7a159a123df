package contract_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// How an event stands in a stream, and in outboxes for ninety days, is a promise to whoever reads it: an older release
// beside this one while a city is upgraded, this one reading what an older one wrote. released holds, for each
// subject, what was written as bytes: the attributes that a listener uses, an empty line, the body.
// Whoever changes an event against the promise finds out here and not at three in the morning (ADR 89).

var write = flag.Bool("write", false, "write the files of released that are missing; what is there is never overwritten")

// event is what every contract's events are.
type event interface {
	Subject() string
	Aggregate() (string, int64)
}

const released = "released"

// numbered is the examples by file.
func numbered() map[string]event {
	files, n := map[string]event{}, map[string]int{}
	for _, e := range examples {
		n[e.Subject()]++
		files[filepath.Join(released, e.Subject(), fmt.Sprintf("%d.event", n[e.Subject()]))] = e
	}
	return files
}

// encode is what the outbox and the bus make of an event.
func encode(e event) ([]byte, error) {
	body, err := json.Marshal(e)
	aggregate, version := e.Aggregate()
	return fmt.Appendf(nil, "ce-type: %s\nce-subject: %s\nce-aggregateversion: %d\n\n%s\n", e.Subject(), aggregate, version, body), err
}

// decode makes an event of a body as the inbox does.
func decode(like event, body []byte) (event, error) {
	e := reflect.New(reflect.TypeOf(like))
	if err := json.Unmarshal(body, e.Interface()); err != nil {
		return nil, err
	}
	read, _ := e.Elem().Interface().(event)
	return read, nil
}

func TestReleased(t *testing.T) {
	t.Parallel()
	files := numbered()
	for _, path := range slices.Sorted(maps.Keys(files)) {
		example := files[path]
		golden, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s is missing. Type: go test ./shared/contract -write", path)
			continue
		}
		head, body, found := bytes.Cut(golden, []byte("\n\n"))
		if err != nil || !found {
			t.Errorf("%s cannot be read: %v", path, err)
			continue
		}
		read, err := decode(example, body)
		if err != nil {
			t.Errorf("%s cannot be read any more: %v", path, err)
			continue
		}
		if diff := cmp.Diff(example, read); diff != "" {
			t.Errorf("%s is read as something else (-said +read):\n%s", path, diff)
		}
		message, err := encode(example)
		if err != nil {
			t.Errorf("%s cannot be told any more: %v", path, err)
			continue
		}
		nowHead, now, _ := bytes.Cut(message, []byte("\n\n"))
		if diff := cmp.Diff(string(head), string(nowHead)); diff != "" {
			t.Errorf("%s is told as something else (-before +now):\n%s", path, diff)
		}
		for _, broken := range lost(body, now) {
			t.Errorf("%s: who reads it of the release before finds that %s", path, broken)
		}
		newer := withMore(t, body)
		if read, err := decode(example, newer); err != nil || !cmp.Equal(example, read) {
			t.Errorf("%s is not read when a newer release says more: %v %v", path, read, err)
		}
		if strictly(example, newer) == nil { // or nothing was added
			t.Errorf("control: %s has nothing unknown in it", newer)
		}
	}
}

// Every event of the contracts has its examples, every field says something in one, and
// no two fields of an event say the same: so one that is taken for another is seen.
func TestEveryEventIsReleased(t *testing.T) {
	t.Parallel()
	bySubject, known := map[string][]event{}, map[string]bool{}
	for _, e := range examples {
		bySubject[e.Subject()] = append(bySubject[e.Subject()], e)
		known[reflect.TypeOf(e).String()] = true
	}
	if diff := cmp.Diff(events(t), slices.Sorted(maps.Keys(known))); diff != "" {
		t.Errorf("events without an example, and examples of no event (-contracts +examples):\n%s", diff)
	}
	for subject, all := range bySubject {
		for _, gap := range gaps(all) {
			t.Errorf("%s: %s. Add an example at its end, and type: go test ./shared/contract -write", subject, gap)
		}
	}
	there, err := filepath.Glob(filepath.Join(released, "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(numbered())), there); diff != "" {
		t.Errorf("what was told once is read for ever: examples and files differ (-examples +files):\n%s", diff)
	}
	t.Run("a field in which nothing is said, and two that say the same, are found", func(t *testing.T) {
		t.Parallel()
		type pair struct{ From, To string }
		for _, all := range [][]pair{{{From: "a"}}, {{From: "a", To: "a"}}, {{From: "a", To: "a"}, {From: "b", To: "b"}}} {
			if gaps(all) == nil {
				t.Errorf("nothing is missing in %v", all)
			}
		}
		if found := gaps([]pair{{From: "a"}, {From: "a", To: "a"}}); found != nil {
			t.Error(found)
		}
	})
}

// events names the types of the contracts that have a subject, as the source has them.
func events(t *testing.T) (names []string) {
	t.Helper()
	files, err := filepath.Glob("*v[0-9]*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv != nil && f.Name.Name == "Subject" {
				names = append(names, fmt.Sprintf("%s.%s", file.Name.Name, f.Recv.List[0].Type))
			}
		}
	}
	slices.Sort(names)
	return names
}

// gaps says what the examples of one event leave open.
func gaps[E any](examples []E) (found []string) {
	said := map[string]string{}
	t := reflect.TypeOf(examples[0])
	for n := range t.NumField() {
		field, something := t.Field(n), false
		values := []string{field.Type.String()} // only fields of one type can be taken for each other
		for _, e := range examples {
			v := reflect.ValueOf(e).Field(n)
			something = something || !v.IsZero()
			values = append(values, fmt.Sprint(v.Interface()))
		}
		all := strings.Join(values, " | ")
		if !something {
			found = append(found, field.Name+" says nothing in any example")
		}
		if other, ok := said[all]; ok && something {
			found = append(found, field.Name+" says what "+other+" says in every example")
		}
		said[all] = field.Name
	}
	return found
}

func TestMain(m *testing.M) {
	flag.Parse()
	if *write {
		if err := writeMissing(); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

func writeMissing() error {
	for path, e := range numbered() {
		if _, err := os.Stat(path); err == nil {
			continue
		}
		message, err := encode(e)
		if err == nil {
			err = os.MkdirAll(filepath.Dir(path), 0o755) //nolint:gosec // as Git does
		}
		if err == nil {
			err = os.WriteFile(path, message, 0o644) //nolint:gosec // likewise
		}
		if err != nil {
			return err
		}
	}
	return nil
}
