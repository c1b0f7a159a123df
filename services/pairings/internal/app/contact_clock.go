package app

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/pairingsv1"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// watchContacts looks at the pairings whose contacts the clock, or a change, has made
// due: each in a transaction of its own.
func (a *App) watchContacts(ctx context.Context) error {
	for {
		var due []string
		if err := a.db.Read(ctx, func(q postgres.Querier) (err error) {
			due, err = store.ListWatchToLook(ctx, q, a.clock.Now(), dutiesAtOnce)
			return err
		}); err != nil {
			return err
		}
		for _, pairingID := range due {
			if err := a.db.InTx(ctx, func(q postgres.Querier) error { return a.judgeContacts(ctx, q, pairingID) }); err != nil {
				return err
			}
		}
		if len(due) < dutiesAtOnce {
			return nil
		}
	}
}

// judgeContacts writes how a pairing stands with its contacts, and tells of each rung that
// a silence has come to, once. It locks the pairing.
func (a *App) judgeContacts(ctx context.Context, q postgres.Querier, pairingID string) error {
	now := a.clock.Now()
	p, err := store.LockPairing(ctx, q, pairingID)
	if err != nil {
		return err
	}
	w, watched, err := store.LockWatch(ctx, q, pairingID)
	if err != nil || !watched {
		return err
	}
	plans, err := store.ListContactPlans(ctx, q)
	if err != nil {
		return err
	}
	if w, err = judged(ctx, q, w, p, plans, now); err != nil {
		return err
	}
	if err := store.UpdateWatch(ctx, q, w); err != nil {
		return err
	}
	for _, s := range w.Silences() {
		if err := a.tellSilence(ctx, q, p, s, now); err != nil {
			return err
		}
	}
	return nil
}

// judged returns how a pairing stands with its contacts at an instant.
func judged(ctx context.Context, q postgres.Querier, w domain.ContactWatch, p domain.Pairing, plans map[string]domain.ContactPlans, now time.Time) (domain.ContactWatch, error) {
	made, err := store.ListMade(ctx, q, p.ID)
	if err != nil {
		return w, err
	}
	pauses, err := store.ListPauses(ctx, q, p.ID)
	return w.Judge(p, planOf(plans, p.Plan), made, pauses, now), err
}

// planOf returns the plans of a code, or those of the standard one where there are none.
func planOf(plans map[string]domain.ContactPlans, code string) domain.ContactPlans {
	if own, ok := plans[code]; ok {
		return own
	}
	return plans[domain.PlanStandard]
}

// tellSilence tells of the rung that a silence has come to, unless it was told. Of several
// that came due while nothing ran only the highest is told, and told how many were passed
// over; the volunteer, who alone can end it, hears of it all the same.
func (a *App) tellSilence(ctx context.Context, q postgres.Querier, p domain.Pairing, s domain.Silence, now time.Time) error {
	climbed, err := store.InsertRungs(ctx, q, s, now)
	if err != nil || len(climbed) == 0 || climbed[len(climbed)-1] != s.Rung {
		return err
	}
	words := map[string]string{"person": p.VolunteerID, "duty": string(s.Duty), "day": s.Due.Add(-time.Second).In(clock.City).Format(time.DateOnly)}
	about := subject{"pairing", p.ID}
	var events []outbox.Event
	if climbed[0] == domain.RungVolunteer {
		events = news(pairingsv1.NoticeContactOverdue, about, now, words, p.VolunteerID)
	}
	if s.Rung > domain.RungVolunteer {
		heard, err := a.heardAt(ctx, q, p, s.Rung, now)
		if err != nil {
			return err
		}
		kind := pairingsv1.NoticeContactSilent
		if skipped := len(climbed) - 1; skipped > 0 {
			kind, words["skipped"] = pairingsv1.NoticeContactSilentLate, strconv.Itoa(skipped)
		}
		events = append(events, news(kind, about, now, words, heard...)...)
	}
	return outbox.Append(ctx, q, now, events...)
}

// heardAt returns who is told at a rung: at one that nobody stands on those of the next
// above that has somebody. The volunteer is never among them.
func (a *App) heardAt(ctx context.Context, q postgres.Querier, p domain.Pairing, rung domain.Rung, now time.Time) ([]string, error) {
	for ; rung <= domain.RungCity; rung++ {
		heard, err := a.standOn(ctx, q, p, rung, now)
		if err != nil {
			return nil, err
		}
		heard = slices.DeleteFunc(heard, func(one string) bool { return one == p.VolunteerID })
		if len(heard) > 0 {
			return heard, nil
		}
	}
	return nil, nil
}

// heardAtOnce bounds how many officers hear of one rung.
const heardAtOnce = 3

// standOn returns who stands on a rung.
func (a *App) standOn(ctx context.Context, q postgres.Querier, p domain.Pairing, rung domain.Rung, now time.Time) ([]string, error) {
	levels := map[domain.Rung][2]int{domain.RungTownship: {3, 9}, domain.RungCounty: {2, 2}, domain.RungCity: {1, 1}}
	if level, ok := levels[rung]; ok {
		for _, roles := range [][]string{{childCare}, {coordinator, administrator}} {
			officers, err := store.ListOfficersAt(ctx, q, p.RegionPath, roles, level[0], level[1], now)
			if err != nil || len(officers) > 0 {
				return officers[:min(len(officers), heardAtOnce)], err
			}
		}
		return nil, nil
	}
	var heard []string
	if p.TeamID != "" {
		leaders, err := store.ListLeaders(ctx, q, p.TeamID)
		if err != nil {
			return nil, err
		}
		heard = leaders
	}
	officers, err := store.ListOfficers(ctx, q, p.RegionPath, interviewers, now)
	if err != nil {
		return nil, err
	}
	supervisor := p.Supervising(func(volunteerID string) bool { return slices.Contains(officers, volunteerID) }, now)
	if supervisor != "" && !slices.Contains(heard, supervisor) {
		heard = append(heard, supervisor)
	}
	return heard, nil
}
