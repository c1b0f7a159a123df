package app

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/pairingsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// raiseConcern keeps what somebody saw, whoever they are, and tells the nearest
// child-care officers in the same transaction. Nothing is refused for its form. Who
// raised it is sealed under a key of its own. It answers with the concern's number.
func (a *App) raiseConcern(ctx context.Context, q postgres.Querier, who auth.Principal, m openedMessage) (string, error) {
	var n domain.NewConcern
	if err := json.Unmarshal(m.Body, &n); err != nil {
		n = domain.NewConcern{ConcernTold: domain.ConcernTold{Text: string(m.Body)}} // somebody meant something
	}
	if n.SeenAt.IsZero() {
		n.SeenAt = m.At
	}
	n.ChildID = "" // only the service says which record it is
	region, err := a.regionOfConcern(ctx, q, who, &n)
	if err != nil {
		return "", err
	}
	c, told, reporter := n.Raise(region, who.VolunteerID, a.clock.Now())
	key, err := a.newKey(ctx, q, domain.KindConcern, c.ID)
	if err != nil {
		return "", err
	}
	if c.Sealed, err = sealJSON(key, concernPlace(c.ID), told); err != nil {
		return "", err
	}
	apart, err := a.newKey(ctx, q, domain.KindReporter, c.ReporterKey)
	if err != nil {
		return "", err
	}
	if c.ReporterSealed, err = sealJSON(apart, reporterPlace(c.ReporterKey), reporter); err != nil {
		return "", err
	}
	if c.Number, err = store.InsertConcern(ctx, q, c); err != nil {
		return "", err
	}
	return strconv.Itoa(c.Number), a.tellOfConcern(ctx, q, pairingsv1.NoticeConcernRaised, c)
}

// regionOfConcern is where a concern belongs: where its child is, where whoever raised
// it says, where they are a companion parent, or the whole city's.
func (a *App) regionOfConcern(ctx context.Context, q postgres.Querier, who auth.Principal, n *domain.NewConcern) (domain.KnownRegion, error) {
	codes := []string{n.RegionCode}
	p, err := a.pairingOfConcern(ctx, q, who, n.PairingID)
	if err != nil {
		return domain.KnownRegion{}, err
	}
	if n.PairingID = p.ID; p.ID != "" {
		n.ChildID = p.ChildID
		codes = []string{p.RegionCode}
	}
	mine, err := store.FindMyCompanion(ctx, q, who.VolunteerID)
	if err == nil {
		codes = append(codes, mine.RegionCode)
	} else if !errors.Is(err, domain.ErrNoCompanion) {
		return domain.KnownRegion{}, err
	}
	for _, code := range codes {
		if region, ok, err := store.FindRegion(ctx, q, code); err != nil || ok {
			return region, err
		}
	}
	return store.FindTopRegion(ctx, q)
}

// pairingOfConcern returns the pairing if it is one of who raises a concern, companion
// parent or supervisor; otherwise an empty one, for a concern is not refused.
func (a *App) pairingOfConcern(ctx context.Context, q postgres.Querier, who auth.Principal, pairingID string) (domain.Pairing, error) {
	if !id.Valid(pairingID) {
		return domain.Pairing{}, nil
	}
	p, err := store.FindPairing(ctx, q, pairingID)
	if errors.Is(err, domain.ErrNoPairing) {
		return domain.Pairing{}, nil
	}
	if err != nil {
		return p, err
	}
	for _, one := range []string{p.VolunteerID, p.SupervisorID, p.DeputyID} {
		if same, err := store.SamePerson(ctx, q, who.VolunteerID, one); err != nil || same {
			return p, err
		}
	}
	return domain.Pairing{}, nil
}

// tellOfConcern tells those whose turn it is: the nearest level of child-care officers at
// first, with each rung one more. Where there is none, the administrators hear that.
func (a *App) tellOfConcern(ctx context.Context, q postgres.Querier, kind pairingsv1.NoticeKind, c domain.Concern) error {
	now := a.clock.Now()
	levels, err := store.OfficerLevels(ctx, q, c.RegionPath, childCare, now)
	if err != nil {
		return err
	}
	whom := slices.Concat(levels[:min(len(levels), c.Rung+1)]...)
	if len(levels) == 0 {
		kind = pairingsv1.NoticeConcernNobody
		if whom, err = store.ListOfficers(ctx, q, c.RegionPath, []string{administrator}, now); err != nil {
			return err
		}
	}
	words := map[string]string{"number": strconv.Itoa(c.Number)}
	return outbox.Append(ctx, q, now, news(kind, subject{"concern", c.ID}, now, words, whom...)...)
}
