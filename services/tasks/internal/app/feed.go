package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/calendar"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ListFeeds returns the calendar addresses of the reader and of the teams that
// they lead, without the secrets, which nobody knows any more.
func (a *App) ListFeeds(ctx context.Context) (feeds []domain.Feed, err error) {
	err = a.read(ctx, func(q postgres.Querier, reader crew) error {
		feeds, err = store.ListFeeds(ctx, q, reader.VolunteerID, reader.led)
		return err
	})
	return feeds, err
}

// RenewFeed gives the reader, or a team that they lead, a new calendar address
// and returns its secret, this once. The address before is worthless from now
// on. Of another's team it returns NotFound. It keeps no answer for a repeat,
// because that would keep the secret: a repeat makes yet another address.
func (a *App) RenewFeed(ctx context.Context, teamID string) (feed domain.Feed, secret string, err error) {
	err = a.changeFeed(ctx, teamID, func(q postgres.Querier, reader crew) error {
		feed, secret = domain.NewFeed(reader.VolunteerID, teamID, a.clock.Now())
		return store.InsertFeed(ctx, q, feed)
	})
	return feed, secret, err
}

// RevokeFeed makes the calendar address of the reader, or of a team that they
// lead, worthless. Twice changes nothing.
func (a *App) RevokeFeed(ctx context.Context, teamID string) error {
	return a.changeFeed(ctx, teamID, func(postgres.Querier, crew) error { return nil })
}

func (a *App) changeFeed(ctx context.Context, teamID string, then func(q postgres.Querier, reader crew) error) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		reader, err := a.crewOf(ctx, q)
		if err != nil {
			return err
		}
		subject := reader.VolunteerID
		if teamID != "" {
			if subject = teamID; !reader.leads(teamID) {
				return domain.ErrNoSuchTeam
			}
		}
		if err := store.RevokeFeeds(ctx, q, subject, a.clock.Now()); err != nil {
			return err
		}
		return then(q, reader)
	})
}

// FindCalendar returns the calendar file under an address: for anybody who has
// it. It returns domain.ErrNoSuchFeed when the address is not good any more.
func (a *App) FindCalendar(ctx context.Context, secret string) (file []byte, err error) {
	now := a.clock.Now()
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		feed, err := store.FindFeed(ctx, q, domain.FeedHash(secret))
		if err != nil {
			return err
		}
		person, err := store.FindPerson(ctx, q, feed.MadeBy)
		if err != nil {
			return err
		}
		shifts, err := store.ListFeedShifts(ctx, q, feed.TeamID, person, startOfDay(now.Add(-domain.FeedBack)), startOfDay(now.Add(domain.FeedAhead)))
		if err != nil {
			return err
		}
		name := "淇河志愿：我的活动"
		if feed.TeamID != "" {
			name = feed.TeamName
		}
		file = calendar.Write(name, a.eventsOf(shifts))
		return nil
	})
	return file, err
}

func (a *App) eventsOf(shifts []domain.FeedShift) []calendar.Event {
	off := map[domain.ShiftState]string{domain.ShiftCancelled: "已取消", domain.ShiftPaused: "已暂停"}
	events := make([]calendar.Event, len(shifts))
	for i, s := range shifts {
		events[i] = calendar.Event{
			ID: s.ShiftID, Title: s.Title, Place: s.Place, Team: s.TeamName, Programme: s.ProgrammeName, StartsAt: s.StartsAt, EndsAt: s.EndsAt,
			Off: off[s.State], Reason: s.Reason, Sequence: s.Sequence, PublishedAt: s.PublishedAt,
		}
		if a.siteURL != "" {
			events[i].Link = a.siteURL + "/tasks/" + s.TaskID
		}
	}
	return events
}
