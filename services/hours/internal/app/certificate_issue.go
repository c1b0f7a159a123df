package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/hoursv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/translog"
)

// ErrLogBehind says that lines are not in a signed checkpoint yet.
var ErrLogBehind = apperr.New(apperr.Unavailable, "log_behind", "账本日志还没有跟上，请过一两分钟再出具。", "The ledger's log is not there yet; please issue it in a minute or two.")

// Issued is what became of a request that an officer wanted to issue.
type Issued struct {
	RequestID     string
	CertificateID string // empty when refused
	Number        string
	Refused       string // code of the reason: of an apperr.Error
}

// officer is who acts on certificates, with all their records.
type officer struct {
	auth.Principal
	self domain.Person
}

func officerOf(ctx context.Context, q postgres.Querier) (officer, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return officer{}, err
	}
	self, err := person(ctx, q, p.VolunteerID)
	return officer{p, self}, err
}

// issuerFor returns under whose name a certificate for somebody of the region
// path is issued today, if the officer may do it and it is not their own.
func (a *App) issuerFor(ctx context.Context, q postgres.Querier, o officer, volunteerID, regionPath string) (domain.Issuer, error) {
	if o.self.Is(volunteerID) {
		return domain.Issuer{}, domain.ErrOwnCertificate
	}
	issuer, err := store.FindIssuer(ctx, q, a.papers, codesOf(regionPath), domain.DayOf(a.clock.Now()))
	if err != nil {
		return issuer, err
	}
	if office, ok := a.names.find(domain.Region, issuer.RegionCode); !ok || !o.Principal.Decides(office.RegionPath) {
		return issuer, domain.ErrNotIssuing
	}
	return issuer, nil
}

// codesOf returns the divisions of a path: 4106/410621/ is 4106 and 410621.
func codesOf(regionPath string) []string { return strings.Split(strings.Trim(regionPath, "/"), "/") }

// IssueCertificates issues what was asked for, all in one transaction, and says
// of each request what became of it. It returns domain.ErrNoRequest when one of
// them is not the officer's to see.
func (a *App) IssueCertificates(ctx context.Context, requestIDs []string) ([]Issued, error) {
	slices.Sort(requestIDs)
	requestIDs = slices.Compact(requestIDs)
	query := people.IdentitiesQuery{Reason: "certificate.issued"}
	err := a.db.Read(ctx, func(q postgres.Querier) error {
		requests, err := store.FindRequests(ctx, q, a.papers, requestIDs)
		if err != nil {
			return err
		}
		o, err := officerOf(ctx, q)
		if err != nil {
			return err
		}
		query.ReaderID = o.VolunteerID
		return a.gatherIdentities(ctx, q, o, requests, len(requestIDs), &query)
	})
	if err != nil {
		return nil, err
	}
	identities := map[string]people.Identity{}
	if len(query.IDs) > 0 {
		if identities, err = a.people.Identities(ctx, query); err != nil { // before anything is locked
			return nil, err
		}
	}
	handler := a.people.Find(ctx, []string{query.ReaderID})[query.ReaderID].Name
	if handler == "" {
		return nil, people.ErrNoIdentities
	}
	return idempotency.Do(ctx, a.db, a.clock.Now(), "issueCertificates", requestIDs, func(q postgres.Querier) ([]Issued, error) {
		return a.issueAll(ctx, q, requestIDs, identities, handler)
	})
}

// gatherIdentities says whose papers must be read: nobody's whose request cannot
// be issued anyway.
func (a *App) gatherIdentities(ctx context.Context, q postgres.Querier, o officer, requests []domain.CertificateRequest, wanted int, query *people.IdentitiesQuery) error {
	if len(requests) < wanted {
		return domain.ErrNoRequest
	}
	for _, r := range requests {
		if !o.Covers(r.RegionPath) {
			return domain.ErrNoRequest
		}
		_, err := a.issuerFor(ctx, q, o, r.VolunteerID, r.RegionPath)
		if _, refused := refusal(err); refused || r.State != domain.RequestWaiting {
			continue
		}
		if err != nil {
			return err
		}
		query.IDs = append(query.IDs, r.VolunteerID)
		if r.Whole {
			query.Whole = append(query.Whole, r.VolunteerID)
		}
	}
	return nil
}

// refusal returns the code of a reason that concerns one request only.
func refusal(err error) (code string, is bool) {
	var said *apperr.Error
	if errors.As(err, &said) {
		return said.Code, true
	}
	return "", false
}

func (a *App) issueAll(ctx context.Context, q postgres.Querier, requestIDs []string, identities map[string]people.Identity, handler string) ([]Issued, error) {
	o, err := officerOf(ctx, q)
	if err != nil {
		return nil, err
	}
	requests, err := store.LockRequests(ctx, q, a.papers, requestIDs)
	if err != nil {
		return nil, err
	}
	all := make([]Issued, len(requests))
	for i, r := range requests {
		all[i].RequestID = r.ID
		c, err := a.issueRequest(ctx, q, o, r, identities, handler)
		if code, refused := refusal(err); refused {
			all[i].Refused = code
			continue
		}
		if err != nil {
			return nil, err
		}
		all[i].CertificateID, all[i].Number = c.ID, c.Number()
	}
	return all, nil
}

func (a *App) issueRequest(ctx context.Context, q postgres.Querier, o officer, r domain.CertificateRequest, identities map[string]people.Identity, handler string) (domain.Certificate, error) {
	c := domain.Certificate{RequestID: r.ID, VolunteerID: r.VolunteerID, RegionPath: r.RegionPath, Asked: r.Asked, HandledBy: o.VolunteerID}
	if r.State != domain.RequestWaiting {
		return c, domain.ErrNoRequest
	}
	var err error
	if c.Issuer, err = a.issuerFor(ctx, q, o, r.VolunteerID, r.RegionPath); err != nil {
		return c, err
	}
	who := identities[r.VolunteerID]
	if who.IDNumber == "" {
		return c, domain.ErrNoPaper
	}
	face := domain.Face{Name: who.Name, VolunteerNumber: who.Number, IDKind: who.IDKind, IDNumber: who.IDNumber, Handler: handler, Note: r.Note}
	if c, err = a.register(ctx, q, c, face); err != nil {
		return c, err
	}
	if err := store.EndRequest(ctx, q, r.ID, domain.RequestIssued, c.IssuedAt); err != nil {
		return c, err
	}
	words := map[string]string{"number": c.Number()}
	return c, outbox.Append(ctx, q, c.IssuedAt, news(hoursv1.NoticeCertificateIssued, subject{"certificate", c.ID}, c.IssuedAt, words, r.VolunteerID)...)
}

// register freezes what a certificate says, draws its number and adds it to the
// register. What is refused is refused before the number is drawn.
func (a *App) register(ctx context.Context, q postgres.Querier, c domain.Certificate, face domain.Face) (domain.Certificate, error) {
	c.ID, c.Code, c.IssuedAt = id.New(), domain.NewCode(), a.clock.Now()
	c.SettledOn, c.Year = domain.DayOf(c.IssuedAt), c.IssuedAt.In(clock.City).Year()
	whose, err := person(ctx, q, c.VolunteerID)
	if err != nil {
		return c, err
	}
	lines, err := store.ListSettledLines(ctx, q, whose.IDs(), c.Asked, c.SettledOn)
	if err == nil && len(lines) == 0 {
		err = domain.ErrNothingSettled
	}
	if err != nil {
		return c, err
	}
	c.Minutes, c.Span, c.EntryIDs, c.Content = domain.Certified(lines, a.names.name)
	if err := a.pin(ctx, q, &c); err != nil {
		return c, err
	}
	if c.Serial, err = store.NextCertificateNumber(ctx, q, c.Issuer.RegionCode, c.Year); err != nil {
		return c, err
	}
	if err := store.InsertCertificate(ctx, q, c); err != nil {
		return c, err
	}
	return c, store.InsertFace(ctx, q, a.papers, c.ID, face)
}

// pin names the signed checkpoint of the ledger's log that holds all the lines,
// so that whoever has it can check them later without us.
func (a *App) pin(ctx context.Context, q postgres.Querier, c *domain.Certificate) error {
	last, err := translog.LastCheckpoint(ctx, q)
	if err != nil {
		return err
	}
	logged, err := store.CountLogged(ctx, q, c.EntryIDs, last.Size)
	if err != nil {
		return err
	}
	if logged < len(c.EntryIDs) {
		return ErrLogBehind
	}
	tree, err := translog.Open(ctx, q)
	if err != nil {
		return err
	}
	root, err := tree.Root(ctx, last.Size)
	c.LogSize, c.LogRoot, c.Position = last.Size, root[:], max(a.boards.Position(), last.Size)
	return err
}
