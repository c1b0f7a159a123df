package httpserver

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// legible refuses what the contract's validator does not look at, and what no
// database can keep: texts that are not UTF-8 or hold a zero byte, and a body
// that is more or less than one JSON value.
func legible(r *http.Request) error {
	if !keepable(r.URL.Path) {
		return errNoRoute
	}
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return unreadable(err)
	}
	if wrong := unkeepable(query); len(wrong) > 0 {
		return apperr.Together(wrong...)
	}
	if !strings.HasPrefix(r.Header.Get(echo.HeaderContentType), echo.MIMEApplicationJSON) {
		return nil // the validator refuses it where the contract wants JSON
	}
	return legibleBody(r)
}

var errNotJSON = errors.New("the body is not one JSON value in UTF-8")

func unreadable(err error) error { return echo.NewHTTPError(http.StatusBadRequest).SetInternal(err) }

func keepable(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

func unkeepable(query url.Values) []apperr.Field {
	var wrong []apperr.Field
	for _, name := range slices.Sorted(maps.Keys(query)) {
		if !slices.ContainsFunc(append(query[name], name), func(s string) bool { return !keepable(s) }) {
			continue
		}
		wrong = append(wrong, apperr.Wrong(strings.ToValidUTF8(name, "�"), errFormat))
	}
	return wrong
}

func legibleBody(r *http.Request) error {
	data, err := io.ReadAll(r.Body)
	if err != nil {
		var tooLarge *echo.HTTPError
		if errors.As(err, &tooLarge) {
			return tooLarge
		}
		return unreadable(err) // the client broke off
	}
	_ = r.Body.Close()
	r.Body = io.NopCloser(bytes.NewReader(data))
	if len(data) == 0 {
		return nil
	}
	if !utf8.Valid(data) || !json.Valid(data) {
		return unreadable(errNotJSON)
	}
	if !bytes.Contains(data, []byte(`\u0000`)) {
		return nil
	}
	var tree any
	if err := json.Unmarshal(data, &tree); err != nil {
		return unreadable(err)
	}
	if wrong := zeroBytes(tree, "", nil); len(wrong) > 0 {
		return apperr.Together(wrong...)
	}
	return nil // a backslash before it: six harmless characters
}

// zeroBytes names the fields that hold one, at any depth.
func zeroBytes(v any, name string, wrong []apperr.Field) []apperr.Field {
	switch v := v.(type) {
	case string:
		if !keepable(v) {
			wrong = append(wrong, apperr.Wrong(name, errFormat))
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			if !keepable(key) {
				wrong = append(wrong, apperr.Wrong(within(name, key), errUnknown))
			}
			wrong = zeroBytes(v[key], within(name, key), wrong)
		}
	case []any:
		for i, item := range v {
			wrong = zeroBytes(item, nth(name, strconv.Itoa(i)), wrong)
		}
	}
	return wrong
}
