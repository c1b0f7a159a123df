// Package apperr is the one vocabulary of errors a person may read.
//
// An error that is not an *Error is a fault of ours: it is logged whole and
// shown as "internal error" with the request's id. An *Error is made low, in
// domain or store, once, with its sentence in Chinese and in English; it is
// translated to HTTP once, in httpserver, and nobody between looks at it.
//
// A sentence says what happened and what to do next, in the reader's words.
// It never names a table, a field's technical name or another person.
package apperr

import (
	"errors"
	"strings"
)

// Kind says what went wrong in words every layer understands.
type Kind string

// The kinds. Adding one means adding its status in httpserver.
const (
	Invalid         Kind = "invalid"         // the input breaks a rule
	Unauthenticated Kind = "unauthenticated" // nobody is signed in
	Forbidden       Kind = "forbidden"       // known person, not allowed
	NotFound        Kind = "not_found"       // no such thing, or not yours to see
	Conflict        Kind = "conflict"        // true a moment ago, not any more
	TooMany         Kind = "too_many"        // try again later
	Unavailable     Kind = "unavailable"     // a part of Qihe is not reachable; try again
)

// Error is an error made for a person to read.
type Error struct {
	Kind   Kind
	Code   string  // stable, for programs: "shift_full"
	zh, en string  // may hold {name} for a value of With
	Fields []Field // which inputs are wrong; only with Invalid
	values []string
}

// Field names one input that is wrong and says why.
type Field struct {
	Name string // as the API calls it: "shifts[0].capacity"
	err  *Error
}

// New returns an error with a stable code and its sentence in both languages.
// A sentence may hold placeholders such as {time}, filled by With.
func New(kind Kind, code, zh, en string) *Error {
	return &Error{Kind: kind, Code: code, zh: zh, en: en}
}

// With returns a copy of e in which {name} reads value.
func (e *Error) With(name, value string) *Error {
	c := *e
	c.values = append(append([]string{}, e.values...), "{"+name+"}", value)
	return &c
}

// For returns an Invalid error that says reason about the input called field.
// The sentence of the whole is that of its first field.
func For(field string, reason *Error) *Error {
	return Together(Field{Name: field, err: reason})
}

// Wrong pairs an input's name with what is wrong about it, for Together.
func Wrong(field string, reason *Error) Field { return Field{Name: field, err: reason} }

// Together returns one Invalid error for all wrong inputs, so that a form can
// mark every one of them at once. It needs at least one field.
func Together(fields ...Field) *Error {
	first := fields[0].err
	return &Error{Kind: Invalid, Code: first.Code, zh: first.zh, en: first.en, values: first.values, Fields: fields}
}

// Text returns the sentence in the language: "en", or Chinese for all others.
func (e *Error) Text(lang string) string {
	text := e.zh
	if lang == "en" {
		text = e.en
	}
	return strings.NewReplacer(e.values...).Replace(text)
}

// Spoken is what a person reads of err at a terminal: both languages, and not its code.
// What is not meant for people stays as it is.
func Spoken(err error) error {
	var said *Error
	if !errors.As(err, &said) {
		return err
	}
	return errors.New(said.Text("zh") + "\n" + said.Text("en"))
}

// Text returns what is wrong about the field, in the language.
func (f Field) Text(lang string) string { return f.err.Text(lang) }

// Code returns the stable code of what is wrong about the field.
func (f Field) Code() string { return f.err.Code }

func (e *Error) Error() string { return string(e.Kind) + ": " + e.Code + ": " + e.Text("en") }

// Is reports whether target has the same code: errors.Is(err, domain.ErrShiftFull)
// holds whatever values With filled in.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// KindOf returns the kind of err, or "" when err is nil or a fault of ours.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}
