package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// WaitingRequest is a request as an officer sees it.
type WaitingRequest struct {
	domain.CertificateRequest
	Person     people.Person
	RegionName string
	Minutes    int    // that a certificate would count today
	Refused    string // why the officer cannot issue it, the code of an apperr.Error; empty: she can
}

// ListRequests returns what waits in a division and below it, longest first, as
// far as the officer's grants reach, and what to pass as after for the next ones.
func (a *App) ListRequests(ctx context.Context, code, after string, limit int) (page []WaitingRequest, next string, err error) {
	if after != "" && !id.Valid(after) {
		return nil, "", apperr.For("after", errAfter)
	}
	if _, err := a.authorizeOverview(ctx, code); err != nil {
		return nil, "", err
	}
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		o, err := officerOf(ctx, q)
		if err != nil {
			return err
		}
		requests, err := store.ListWaitingRequests(ctx, q, a.papers, o.Regions(), code, after, limit+1)
		if err != nil {
			return err
		}
		if len(requests) > limit {
			requests = requests[:limit]
			next = requests[limit-1].ID
		}
		for _, r := range requests {
			w, err := a.waiting(ctx, q, o, r)
			if err != nil {
				return err
			}
			page = append(page, w)
		}
		return nil
	})
	if err != nil {
		return nil, "", err
	}
	ids := make([]string, len(page))
	for i, w := range page {
		ids[i] = w.VolunteerID
	}
	persons := a.people.Find(ctx, ids)
	for i := range page {
		page[i].Person = persons[ids[i]]
		if p := page[i].Person; page[i].Refused == "" && p.Name != "" && !p.Identified {
			page[i].Refused = domain.ErrNoPaper.Code
		}
	}
	return page, next, nil
}

func (a *App) waiting(ctx context.Context, q postgres.Querier, o officer, r domain.CertificateRequest) (WaitingRequest, error) {
	w := WaitingRequest{CertificateRequest: r, RegionName: a.names.regionName(r.RegionPath)}
	whose, err := person(ctx, q, r.VolunteerID)
	if err != nil {
		return w, err
	}
	lines, err := store.ListSettledLines(ctx, q, whose.IDs(), r.Asked, domain.DayOf(a.clock.Now()))
	if err != nil {
		return w, err
	}
	w.Minutes, _, _, _ = domain.Certified(lines, a.names.name)
	_, err = a.issuerFor(ctx, q, o, r.VolunteerID, r.RegionPath)
	switch code, refused := refusal(err); {
	case refused:
		w.Refused = code
	case err != nil:
		return w, err
	case w.Minutes == 0:
		w.Refused = domain.ErrNothingSettled.Code
	}
	return w, nil
}
