package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/hoursv1"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// How a certificate comes about
//
// A volunteer asks; an officer of the issuing office taps once. That is the
// office of the volunteer's home, or the nearest above it that has said under
// whose name it issues (Issuer). What is certified are the lines of service that
// have settled, as they are on that day; with the number all of it is written
// down in one transaction and never changes (certificate_issue.go). Who the
// volunteer is by their paper is asked of teams in that moment and kept sealed.

// MyCertificates is what a person sees of their certificates.
type MyCertificates struct {
	Waiting      []domain.CertificateRequest
	Certificates []domain.Certificate // newest first
	Minutes      int                  // of service that a certificate would count today
	Identified   bool                 // an identity paper is registered
}

// MyCertificates returns the certificates of the person who asks, and what
// another would say.
func (a *App) MyCertificates(ctx context.Context) (mine MyCertificates, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return mine, err
	}
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		self, err := person(ctx, q, who.VolunteerID)
		if err != nil {
			return err
		}
		if mine.Waiting, err = store.ListRequestsOf(ctx, q, a.papers, self); err != nil {
			return err
		}
		if mine.Certificates, err = store.ListCertificatesOf(ctx, q, a.papers, self); err != nil {
			return err
		}
		lines, err := store.ListSettledLines(ctx, q, self.IDs(), domain.Span{}, domain.DayOf(a.clock.Now()))
		mine.Minutes, _, _, _ = domain.Certified(lines, a.names.name)
		return err
	})
	mine.Identified = a.people.Find(ctx, []string{who.VolunteerID})[who.VolunteerID].Identified
	return mine, err
}

// person returns all records of one person.
func person(ctx context.Context, q postgres.Querier, volunteerID string) (domain.Person, error) {
	persons, err := store.FindPersons(ctx, q, volunteerID)
	return persons[volunteerID], err
}

// AskForCertificate keeps the request of the person who asks and returns its id.
// It returns domain.ErrRequestWaiting, domain.ErrNothingSettled or
// domain.ErrNoPaper.
func (a *App) AskForCertificate(ctx context.Context, asked domain.CertificateRequest) (string, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return "", err
	}
	now := a.clock.Now()
	request, err := domain.NewCertificateRequest(asked, now)
	if err != nil {
		return "", err
	}
	request.VolunteerID = who.VolunteerID
	about := a.people.Find(ctx, []string{who.VolunteerID})[who.VolunteerID]
	content := []any{asked.Asked, a.papers.BlindIndex("note", asked.Note), asked.Whole} // what is kept of it says nothing
	return idempotency.Do(ctx, a.db, now, "askForCertificate", content, func(q postgres.Querier) (string, error) {
		return request.ID, a.keepRequest(ctx, q, request, about)
	})
}

func (a *App) keepRequest(ctx context.Context, q postgres.Querier, r domain.CertificateRequest, about people.Person) error {
	self, err := person(ctx, q, r.VolunteerID)
	if err != nil {
		return err
	}
	waiting, err := store.ListRequestsOf(ctx, q, a.papers, self)
	if err == nil && len(waiting) > 0 {
		err = domain.ErrRequestWaiting
	}
	if err != nil {
		return err
	}
	lines, err := store.ListSettledLines(ctx, q, self.IDs(), r.Asked, domain.DayOf(r.AskedAt))
	switch {
	case err != nil:
		return err
	case len(lines) == 0:
		return domain.ErrNothingSettled
	case about.Name == "":
		return people.ErrNoIdentities
	case !about.Identified:
		return domain.ErrNoPaper
	}
	r.RegionPath = lines[len(lines)-1].RegionPath // of whom no home is known: where they served last
	if home, ok := a.names.find(domain.Region, about.RegionCode); ok {
		r.RegionPath = home.RegionPath
	}
	if err := store.InsertRequest(ctx, q, a.papers, r); err != nil {
		return err
	}
	return a.tellIssuers(ctx, q, r)
}

// tellIssuers tells the officers nearest to the volunteer who may issue.
func (a *App) tellIssuers(ctx context.Context, q postgres.Querier, r domain.CertificateRequest) error {
	path := r.RegionPath
	issuer, err := store.FindIssuer(ctx, q, a.papers, codesOf(path), domain.DayOf(r.AskedAt))
	if home, ok := a.names.find(domain.Region, issuer.RegionCode); err == nil && ok {
		path = home.RegionPath
	}
	officers, err := store.ListOfficers(ctx, q, path, r.AskedAt)
	if err != nil || len(officers) == 0 {
		return err
	}
	var told []string
	for _, o := range officers {
		if o.RegionPath == officers[0].RegionPath && o.VolunteerID != r.VolunteerID {
			told = append(told, o.VolunteerID)
		}
	}
	return outbox.Append(ctx, q, r.AskedAt, news(hoursv1.NoticeCertificateAsked, subject{"certificate", r.ID}, r.AskedAt, map[string]string{}, told...)...)
}

// WithdrawRequest takes back what the person who asks has asked for. It returns
// domain.ErrNoRequest for what is not theirs or waits no more.
func (a *App) WithdrawRequest(ctx context.Context, requestID string) error {
	who, err := auth.From(ctx)
	if err != nil {
		return err
	}
	now := a.clock.Now()
	_, err = idempotency.Do(ctx, a.db, now, "withdrawCertificateRequest", requestID, func(q postgres.Querier) (bool, error) {
		self, err := person(ctx, q, who.VolunteerID)
		if err != nil {
			return false, err
		}
		found, err := store.LockRequests(ctx, q, a.papers, []string{requestID})
		if err != nil {
			return false, err
		}
		if len(found) == 0 || !self.Is(found[0].VolunteerID) || found[0].State != domain.RequestWaiting {
			return false, domain.ErrNoRequest
		}
		return true, store.EndRequest(ctx, q, requestID, domain.RequestWithdrawn, now)
	})
	return err
}
