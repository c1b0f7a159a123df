package app

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/contract/hoursv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

var errEndReason = apperr.New(apperr.Invalid, "end_reason", "请写明原因，本人和查验的人会看到“已撤销”或“已更换”，原因只有本人和妇联能看到。最多 100 个字。", "Please give the reason, in 100 characters at most; the volunteer and the office will read it.")

// Registered is a line of the register, for officers.
type Registered struct {
	domain.Certificate
	Name, VolunteerNumber string
	Handler               string // name
	EndedBy               string // name
	MayEnd                bool   // whether the officer may revoke or replace it
}

// RegisterQuery says which lines of the register are wanted.
type RegisterQuery struct {
	Region string // code
	Text   string // a number, a code or a whole name; empty: all
	State  string // valid | replaced | revoked; empty: all
	Year   int    // 0: all
	After  string
	Limit  int
}

// ListRegister returns lines of the register, newest first, as far as the
// officer's grants reach, and what to pass as After for the next ones.
func (a *App) ListRegister(ctx context.Context, query RegisterQuery) (page []Registered, next string, err error) {
	if query.After != "" && !id.Valid(query.After) {
		return nil, "", apperr.For("after", errAfter)
	}
	if _, err := a.authorizeOverview(ctx, query.Region); err != nil {
		return nil, "", err
	}
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		limit := query.Limit
		query.Limit++
		if page, err = a.registered(ctx, q, query); err == nil && len(page) > limit {
			page = page[:limit]
			next = page[limit-1].ID
		}
		return err
	})
	if err != nil {
		return nil, "", err
	}
	a.nameRegistered(ctx, page)
	return page, next, nil
}

func (a *App) registered(ctx context.Context, q postgres.Querier, query RegisterQuery) ([]Registered, error) {
	o, err := officerOf(ctx, q)
	if err != nil {
		return nil, err
	}
	filter := store.RegisterFilter{Paths: o.Regions(), Region: query.Region, State: query.State, Year: query.Year, After: query.After, Limit: query.Limit}
	filter.Number, filter.ByNumber = domain.ReadNumber(query.Text)
	if code, ok := domain.ReadCode(query.Text); ok {
		filter.Code = code
	} else if !filter.ByNumber {
		filter.Name = strings.Join(strings.Fields(query.Text), "")
	}
	found, err := store.ListRegister(ctx, q, a.papers, filter)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(found))
	for i, c := range found {
		ids[i] = c.ID
	}
	faces, err := store.FindFaces(ctx, q, a.papers, ids...)
	if err != nil {
		return nil, err
	}
	page := make([]Registered, len(found))
	for i, c := range found {
		page[i] = Registered{Certificate: c, Name: people.Erased}
		if face, ok := faces[c.ID]; ok {
			page[i].Name, page[i].VolunteerNumber = face.Name, face.VolunteerNumber
		}
		page[i].MayEnd = c.End == nil && a.mayEnd(o, c) == nil
	}
	return page, nil
}

func (a *App) nameRegistered(ctx context.Context, page []Registered) {
	var ids []string
	for _, r := range page {
		ids = append(ids, r.HandledBy)
		if r.End != nil {
			ids = append(ids, r.End.By)
		}
	}
	names := a.people.Find(ctx, ids)
	for i := range page {
		page[i].Handler = names[page[i].HandledBy].FullName()
		if e := page[i].End; e != nil {
			page[i].EndedBy = names[e.By].FullName()
		}
	}
}

// mayEnd returns nil when the officer may revoke or replace the certificate.
func (a *App) mayEnd(o officer, c domain.Certificate) error {
	office, _ := a.names.find(domain.Region, c.Issuer.RegionCode)
	switch {
	case !o.Covers(c.RegionPath) && !o.Covers(office.RegionPath):
		return domain.ErrNoCertificate
	case !o.Principal.Decides(office.RegionPath):
		return domain.ErrNotIssuing
	case o.self.Is(c.VolunteerID):
		return domain.ErrOwnCertificate
	default:
		return nil
	}
}

func endReason(reason string) (string, error) {
	reason = strings.Join(strings.Fields(reason), " ")
	if n := utf8.RuneCountInString(reason); n == 0 || n > 100 {
		return "", apperr.For("reason", errEndReason)
	}
	return reason, nil
}

// RevokeCertificate says that a certificate counts no more. It is for who decides
// for the issuing office's region. It returns domain.ErrNoCertificate,
// domain.ErrNotIssuing, domain.ErrOwnCertificate or domain.ErrCertificateEnded.
func (a *App) RevokeCertificate(ctx context.Context, certificateID, reason string) error {
	reason, err := endReason(reason)
	if err != nil {
		return err
	}
	now := a.clock.Now()
	_, err = idempotency.Do(ctx, a.db, now, "revokeCertificate", []string{certificateID, reason}, func(q postgres.Querier) (bool, error) {
		o, c, err := a.ending(ctx, q, certificateID)
		if err != nil {
			return false, err
		}
		if err := store.InsertEnd(ctx, q, c.ID, domain.CertificateEnd{State: domain.Revoked, Reason: reason, By: o.VolunteerID, At: now}); err != nil {
			return false, err
		}
		words := map[string]string{"number": c.Number()}
		return true, outbox.Append(ctx, q, now, news(hoursv1.NoticeCertificateRevoked, subject{"certificate", c.ID}, now, words, c.VolunteerID)...)
	})
	return err
}

// ending returns a certificate to an officer who may end it.
func (a *App) ending(ctx context.Context, q postgres.Querier, certificateID string) (officer, domain.Certificate, error) {
	o, err := officerOf(ctx, q)
	if err != nil {
		return o, domain.Certificate{}, err
	}
	c, err := store.FindCertificate(ctx, q, a.papers, certificateID)
	if err != nil {
		return o, c, err
	}
	return o, c, a.mayEnd(o, c)
}

// ReplaceCertificate issues the same anew, with what is known of person and hours
// now, in the place of one that counts no more then, and returns its number:
// after a name was corrected, or hours were. It returns what RevokeCertificate
// does, and why the new one cannot be issued.
func (a *App) ReplaceCertificate(ctx context.Context, certificateID, reason string) (number string, err error) {
	if reason, err = endReason(reason); err != nil {
		return "", err
	}
	query := people.IdentitiesQuery{Reason: "certificate.replaced"}
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		o, c, err := a.ending(ctx, q, certificateID)
		if err != nil {
			return err
		}
		faces, err := store.FindFaces(ctx, q, a.papers, c.ID)
		query.ReaderID, query.IDs = o.VolunteerID, []string{c.VolunteerID}
		if !strings.Contains(faces[c.ID].IDNumber, "*") {
			query.Whole = query.IDs
		}
		return err
	})
	if err != nil {
		return "", err
	}
	identities, err := a.people.Identities(ctx, query) // before anything is locked
	if err != nil {
		return "", err
	}
	handler := a.people.Find(ctx, []string{query.ReaderID})[query.ReaderID].Name
	if handler == "" {
		return "", people.ErrNoIdentities
	}
	return idempotency.Do(ctx, a.db, a.clock.Now(), "replaceCertificate", []string{certificateID, reason}, func(q postgres.Querier) (string, error) {
		return a.replace(ctx, q, certificateID, reason, identities, handler)
	})
}

func (a *App) replace(ctx context.Context, q postgres.Querier, certificateID, reason string, identities map[string]people.Identity, handler string) (string, error) {
	o, old, err := a.ending(ctx, q, certificateID)
	if err != nil {
		return "", err
	}
	whose, err := person(ctx, q, old.VolunteerID)
	if err != nil {
		return "", err
	}
	if err := store.LockRequestsOf(ctx, q, whose); err != nil { // nobody erases them meanwhile
		return "", err
	}
	faces, err := store.FindFaces(ctx, q, a.papers, old.ID)
	if err != nil {
		return "", err
	}
	face, there := faces[old.ID]
	who := identities[old.VolunteerID]
	if !there || who.IDNumber == "" {
		return "", domain.ErrNoPaper
	}
	c := domain.Certificate{Replaces: old.ID, VolunteerID: old.VolunteerID, RegionPath: old.RegionPath, Asked: old.Asked, HandledBy: o.VolunteerID}
	if c.Issuer, err = a.issuerFor(ctx, q, o, old.VolunteerID, old.RegionPath); err != nil {
		return "", err
	}
	now := a.clock.Now()
	if err := store.InsertEnd(ctx, q, old.ID, domain.CertificateEnd{State: domain.Replaced, Reason: reason, By: o.VolunteerID, At: now}); err != nil {
		return "", err
	}
	face = domain.Face{Name: who.Name, VolunteerNumber: who.Number, IDKind: who.IDKind, IDNumber: who.IDNumber, Handler: handler, Note: face.Note}
	if c, err = a.register(ctx, q, c, face); err != nil {
		return "", err
	}
	words := map[string]string{"number": c.Number()}
	return c.Number(), outbox.Append(ctx, q, now, news(hoursv1.NoticeCertificateReplaced, subject{"certificate", c.ID}, now, words, c.VolunteerID)...)
}
