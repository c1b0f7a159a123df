package app

import (
	"context"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/sms"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

const (
	textPause = 5 * time.Second // between two looks at what is due
	textsEach = 20              // messages of one look
)

// RunTexts sends what is due until ctx ends, and returns nil then.
func (a *App) RunTexts(ctx context.Context) error {
	tick := time.NewTicker(textPause)
	defer tick.Stop()
	for {
		if err := a.SendTexts(ctx); err != nil && ctx.Err() == nil {
			a.log.WarnContext(ctx, "text messages wait", "error", err)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil
		}
	}
}

// SendTexts sends the text messages that are due, as many as the day's budget
// allows; the rest waits for it.
//
// A message is taken up first, in a transaction that makes it due again some
// minutes later, then sent, then written down as sent. A program that is
// stopped between the last two sends it twice: of "do not come, it is
// cancelled" that is better than not at all.
func (a *App) SendTexts(ctx context.Context) error {
	for {
		taken, err := a.takeTexts(ctx)
		if err != nil || len(taken) == 0 {
			return err
		}
		for _, m := range taken {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err := a.sendText(ctx, m); err != nil {
				return err
			}
		}
	}
}

// takenText is a message and the phone it goes to.
type takenText struct {
	domain.TextMessage
	phone domain.Phone
}

func (a *App) takeTexts(ctx context.Context) (taken []takenText, err error) {
	now := a.clock.Now()
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		taken = nil
		sent, err := store.CountTextsSent(ctx, q, now.Add(-day))
		if err != nil {
			return err
		}
		due, err := store.LockDueTextMessages(ctx, q, now, max(0, min(textsEach, a.limits.TextsPerDay-sent)))
		if err != nil || len(due) == 0 {
			return err
		}
		taken, err = a.tryTexts(ctx, q, due, now)
		return err
	})
	return taken, err
}

// tryTexts takes the messages up, or gives them up.
func (a *App) tryTexts(ctx context.Context, q postgres.Querier, due []domain.TextMessage, now time.Time) (taken []takenText, err error) {
	ids := make([]string, len(due))
	for i, m := range due {
		ids[i] = m.Notice.VolunteerID
	}
	people, err := store.FindVolunteers(ctx, q, a.vault, ids)
	if err != nil {
		return nil, err
	}
	preferences, err := store.FindNoticePreferences(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	phones := make(map[string]domain.Phone, len(people))
	for _, v := range people {
		phones[v.ID] = v.Phone
	}
	for _, m := range due {
		phone := phones[m.Notice.VolunteerID]
		if phone == "" || !m.Try(now, preferences[m.Notice.VolunteerID]) {
			a.log.WarnContext(ctx, "text message given up", "message", m.ID, "kind", m.Notice.Kind, "attempts", m.Attempts)
			if err := store.EndTextMessage(ctx, q, m.ID, now, false); err != nil {
				return nil, err
			}
			continue
		}
		if err := store.UpdateTextMessage(ctx, q, m); err != nil {
			return nil, err
		}
		taken = append(taken, takenText{TextMessage: m, phone: phone})
	}
	return taken, nil
}

// sendText hands one message over. That it could not be is logged without the
// phone; it is due again by itself.
func (a *App) sendText(ctx context.Context, m takenText) error {
	sending, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	now := a.clock.Now()
	text, values := m.Text(now)
	message := sms.Message{Template: string(m.Notice.Kind), Values: values, Text: text}
	if err := a.messages.Send(sending, string(m.phone), message); err != nil {
		a.log.WarnContext(ctx, "text message not sent", "message", m.ID, "kind", m.Notice.Kind, "attempts", m.Attempts, "error", err)
		return ctx.Err()
	}
	ctx = context.WithoutCancel(ctx) // it is sent: that is written down even if the program stops now
	return a.db.InTx(ctx, func(q postgres.Querier) error { return store.EndTextMessage(ctx, q, m.ID, now, true) })
}
