package app

import (
	"context"
	"strings"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/certificate"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ErrNoName says that a certificate cannot be drawn while nobody can be asked for the name.
var ErrNoName = apperr.New(apperr.Unavailable, "no_name", "暂时查不到姓名，证明做不了，请过一会儿再试。", "The name cannot be had right now, so the certificate cannot be made; please try again in a moment.")

// CertificateView is a certificate of attendance with what was attended, as it
// is known now.
type CertificateView struct {
	domain.Certificate
	Attended domain.Attended
	Proved   bool
}

// ListMyCertificates returns the reader's certificates of attendance, newest first.
func (a *App) ListMyCertificates(ctx context.Context) (views []CertificateView, err error) {
	err = a.read(ctx, func(q postgres.Querier, reader crew) error {
		views, err = myCertificates(ctx, q, reader)
		return err
	})
	return views, err
}

func myCertificates(ctx context.Context, q postgres.Querier, reader crew) ([]CertificateView, error) {
	certificates, err := store.ListCertificatesOf(ctx, q, reader.self)
	if err != nil {
		return nil, err
	}
	return viewCertificates(ctx, q, reader.self, certificates)
}

func viewCertificates(ctx context.Context, q postgres.Querier, p domain.Person, certificates []domain.Certificate) ([]CertificateView, error) {
	taskIDs := make([]string, len(certificates))
	for i, c := range certificates {
		taskIDs[i] = c.TaskID
	}
	sessions, err := store.ListSessions(ctx, q, taskIDs, p.IDs())
	if err != nil {
		return nil, err
	}
	views := make([]CertificateView, len(certificates))
	for i, c := range certificates {
		attended := domain.AttendedOf(p, sessions[c.TaskID])
		views[i] = CertificateView{Certificate: c, Attended: attended, Proved: c.Proved(attended)}
	}
	return views, nil
}

// CheckCertificate returns what the certificate with a number says, as people
// type it, and whose it is, to anybody who holds it. It returns
// domain.ErrNoCertificate.
func (a *App) CheckCertificate(ctx context.Context, typed string) (view CertificateView, holder people.Person, err error) {
	number, err := domain.ParseCertificateNumber(typed)
	if err != nil {
		return CertificateView{}, people.Person{}, err
	}
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		c, err := store.FindCertificate(ctx, q, number)
		if err != nil {
			return err
		}
		p, err := store.FindPerson(ctx, q, c.VolunteerID)
		if err != nil {
			return err
		}
		views, err := viewCertificates(ctx, q, p, []domain.Certificate{c})
		if err == nil {
			view = views[0]
		}
		return err
	})
	if err != nil {
		return CertificateView{}, people.Person{}, err
	}
	return view, a.people.Find(ctx, []string{view.VolunteerID})[view.VolunteerID], nil
}

// DrawCertificate returns a certificate of the reader as a PDF, and the file's
// name. It returns domain.ErrNoCertificate for others', and ErrNoName.
func (a *App) DrawCertificate(ctx context.Context, certificateID string) (pdf []byte, name string, err error) {
	var found CertificateView
	err = a.read(ctx, func(q postgres.Querier, reader crew) error {
		views, err := myCertificates(ctx, q, reader)
		for _, v := range views {
			if v.ID == certificateID {
				found = v
			}
		}
		return err
	})
	if err == nil && found.ID == "" {
		err = domain.ErrNoCertificate
	}
	if err != nil {
		return nil, "", err
	}
	holder := a.people.Find(ctx, []string{found.VolunteerID})[found.VolunteerID]
	if holder.Name == "" {
		return nil, "", ErrNoName
	}
	pdf, err = certificate.PDF(a.face(found, holder))
	return pdf, "参训证明-" + found.Number + ".pdf", err
}

func (a *App) face(v CertificateView, holder people.Person) certificate.Certificate {
	c := certificate.Certificate{
		Name: holder.Name, VolunteerNumber: holder.Number, Number: v.Number, Title: v.Title, TeamName: v.TeamName,
		Minutes: v.Attended.Minutes, IssuedOn: v.CompletedOn, DrawnOn: domain.DayOf(a.clock.Now()),
	}
	for _, s := range v.Attended.Sessions {
		c.Sessions = append(c.Sessions, certificate.Session{From: s.From.In(clock.City), To: s.To.In(clock.City), Minutes: s.Minutes})
	}
	if a.siteURL != "" {
		c.Link = a.siteURL + "/certificates/" + v.Number
		_, c.Site, _ = strings.Cut(a.siteURL+"/certificates", "://")
	}
	return c
}
