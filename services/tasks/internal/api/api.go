// Package api is the HTTP face of the tasks service: the methods of the
// generated interface, each decoding, calling app and encoding, nothing else.
package api

import (
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// Prefix is where the service's public routes begin.
const Prefix = "/api/tasks/v1"

type api struct {
	app   *app.App
	clock clock.Clock
}

// Register adds every public route of this service to s.
func Register(s *httpserver.Server, a *app.App, c clock.Clock) error {
	doc, err := httpserver.ReadContract(gen.GetSpecJSON)
	if err != nil {
		return fmt.Errorf("read the contract: %w", err)
	}
	s.Uploads("5M", Prefix+"/photos")
	g := s.Group(Prefix, httpserver.Contract(doc))
	gen.RegisterHandlers(g, gen.NewStrictHandler(&api{app: a, clock: c}, nil))
	return nil
}

const pageSize = 50

var errCursor = apperr.New(apperr.Invalid, "wrong_cursor", "翻页位置不对，请从头再看。", "This page position is not valid; please start from the beginning.")

// page reads limit and after into a filter; it asks for one row more, to learn whether there is a next page.
func page(f *domain.ListingFilter, limit int, after string) error {
	if limit == 0 {
		limit = pageSize
	}
	f.Limit = limit + 1
	var err error
	f.After, err = cursor(after)
	return err
}

// cursor reads where the page before ended.
func cursor(after string) (domain.Cursor, error) {
	if after == "" {
		return domain.Cursor{}, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(after)
	startsAt, shiftID, ok := strings.Cut(string(raw), " ")
	t, timeErr := time.Parse(time.RFC3339Nano, startsAt)
	if err != nil || timeErr != nil || !ok || !id.Valid(shiftID) {
		return domain.Cursor{}, apperr.For("after", errCursor)
	}
	return domain.Cursor{StartsAt: t, ID: shiftID}, nil
}

// cursorAfter writes where a page ends.
func cursorAfter(c domain.Cursor) string {
	return base64.RawURLEncoding.EncodeToString([]byte(c.StartsAt.Format(time.RFC3339Nano) + " " + c.ID))
}

// shiftPage encodes up to limit shifts and where the next page begins.
func shiftPage(views []app.ShiftView, limit int) gen.ShiftPage {
	p := gen.ShiftPage{Items: []gen.Shift{}}
	if len(views) > limit {
		views = views[:limit]
		last := views[limit-1]
		p.Next = cursorAfter(domain.Cursor{StartsAt: last.StartsAt, ID: last.ID})
	}
	for _, v := range views {
		p.Items = append(p.Items, shiftOf(v))
	}
	return p
}
