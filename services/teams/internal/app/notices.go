package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// NoticePage is a part of somebody's inbox.
type NoticePage struct {
	Notices []domain.Notice
	Reader  domain.Reader // for whom they are put into words
	Next    string        // where the next page starts; empty after the last
}

// ListNotices returns up to limit notices of whoever asks, newest first, after
// the one where the page before said that the next starts.
func (a *App) ListNotices(ctx context.Context, language string, limit int, after string) (NoticePage, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return NoticePage{}, err
	}
	if after != "" && !id.Valid(after) {
		return NoticePage{}, apperr.For("after", errNoPlace)
	}
	page := NoticePage{Reader: domain.Reader{Language: language, Now: a.clock.Now(), Names: map[string]string{}}}
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		if page.Notices, err = store.ListNotices(ctx, q, p.VolunteerID, store.Page{Limit: limit + 1, After: after}); err != nil {
			return err
		}
		if len(page.Notices) > limit {
			page.Notices = page.Notices[:limit]
			page.Next = page.Notices[limit-1].ID
		}
		return a.nameIn(ctx, q, &page)
	})
	return page, err
}

// nameIn finds what those are called whom the notices name.
func (a *App) nameIn(ctx context.Context, q postgres.Querier, page *NoticePage) error {
	var ids []string
	for _, n := range page.Notices {
		ids = append(ids, n.People()...)
	}
	if len(ids) == 0 {
		return nil
	}
	people, err := store.FindVolunteers(ctx, q, a.vault, ids)
	for _, v := range people {
		page.Reader.Names[v.ID] = v.Name
	}
	return err
}

// CountUnread returns how many notices whoever asks has not read, at most 100.
func (a *App) CountUnread(ctx context.Context) (n int, err error) {
	p, err := auth.From(ctx)
	if err != nil {
		return 0, err
	}
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		n, err = store.CountUnread(ctx, q, p.VolunteerID)
		return err
	})
	return n, err
}

// ReadNotices marks one of the asker's notices and all older ones as read, and
// returns how many are unread then; or domain.ErrNoNotice. Doing it twice is
// doing it once.
func (a *App) ReadNotices(ctx context.Context, upTo string) (unread int, err error) {
	p, err := auth.From(ctx)
	if err != nil {
		return 0, err
	}
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		if err := store.ReadNotices(ctx, q, p.VolunteerID, upTo, a.clock.Now()); err != nil {
			return err
		}
		unread, err = store.CountUnread(ctx, q, p.VolunteerID)
		return err
	})
	return unread, err
}

// NoticePreferences returns what whoever asks wants to be told of, and how.
func (a *App) NoticePreferences(ctx context.Context) (preferences domain.NoticePreferences, err error) {
	p, err := auth.From(ctx)
	if err != nil {
		return preferences, err
	}
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		all, err := store.FindNoticePreferences(ctx, q, []string{p.VolunteerID})
		preferences = all[p.VolunteerID]
		return err
	})
	return preferences, err
}

// SetNoticePreferences keeps what whoever asks wants to be told of.
func (a *App) SetNoticePreferences(ctx context.Context, preferences domain.NoticePreferences) (domain.NoticePreferences, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return domain.NoticePreferences{}, err
	}
	now := a.clock.Now()
	return idempotency.Do(ctx, a.db, now, "putNoticePreferences", preferences, func(q postgres.Querier) (domain.NoticePreferences, error) {
		return preferences, store.UpsertNoticePreferences(ctx, q, p.VolunteerID, preferences, now)
	})
}
