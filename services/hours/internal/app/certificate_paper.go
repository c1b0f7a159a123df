package app

import (
	"context"
	"fmt"
	"strings"

	"github.com/qihe-volunteers/qihe/services/hours/internal/certificate"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// DrawCertificate returns a certificate that counts as a PDF, and the file's
// name: drawn again it says the same. It is for the volunteer, and for officers
// who decide for the volunteer's region; that one of them took it is recorded.
// It returns domain.ErrNoCertificate and domain.ErrCertificateEnded.
func (a *App) DrawCertificate(ctx context.Context, certificateID string) (pdf []byte, name string, err error) {
	var c domain.Certificate
	var face domain.Face
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		if c, err = a.certificateFor(ctx, q, certificateID); err != nil {
			return err
		}
		faces, err := store.FindFaces(ctx, q, a.papers, c.ID)
		if err != nil {
			return err
		}
		var there bool
		if face, there = faces[c.ID]; !there {
			return domain.ErrNoCertificate
		}
		if c.End != nil {
			return domain.ErrCertificateEnded
		}
		return nil
	})
	if err != nil {
		return nil, "", err
	}
	pdf, err = certificate.PDF(a.onPaper(c, face))
	return pdf, "志愿服务记录证明-" + c.Number() + ".pdf", err
}

// certificateFor returns a certificate to its volunteer, or to an officer, of
// whom it is recorded.
func (a *App) certificateFor(ctx context.Context, q postgres.Querier, certificateID string) (domain.Certificate, error) {
	o, err := officerOf(ctx, q)
	if err != nil {
		return domain.Certificate{}, err
	}
	c, err := store.FindCertificate(ctx, q, a.papers, certificateID)
	if err != nil || o.self.Is(c.VolunteerID) {
		return c, err
	}
	if !o.Principal.Decides(c.RegionPath) {
		return c, domain.ErrNoCertificate
	}
	return c, store.InsertTaking(ctx, q, store.Taking{By: o.VolunteerID, At: a.clock.Now(), CertificateID: c.ID, Purpose: "paper", Lines: 1})
}

var idKinds = map[string]string{
	"resident": "居民身份证", "hk_macao_taiwan": "港澳台居民居住证", "passport": "护照", "foreign_resident": "外国人永久居留身份证",
}

// onPaper says in words what stands on the paper.
func (a *App) onPaper(c domain.Certificate, f domain.Face) certificate.Certificate {
	p := certificate.Certificate{
		Name: f.Name, IDKind: idKinds[f.IDKind], IDNumber: f.IDNumber, VolunteerNumber: f.VolunteerNumber,
		Minutes: c.Minutes, Times: c.Content.Times, First: c.Span.First.String(), Last: c.Span.Last.String(),
		Issuer: c.Issuer.Name, InCharge: c.Issuer.InCharge, Handler: f.Handler, Contact: c.Issuer.Contact,
		Number: c.Number(), IssuedOn: domain.DayOf(c.IssuedAt).String(), SettledOn: c.SettledOn.String(), Note: f.Note,
		Code:     domain.SpellCode(c.Code),
		Position: fmt.Sprintf("账本 %d 行 · 检查点 %d · %s", c.Position, c.LogSize, c.ShortRoot()),
	}
	for _, one := range c.Content.Activities {
		p.Activities = append(p.Activities, certificate.Activity(one))
	}
	for _, one := range c.Content.Programmes {
		p.Programmes = append(p.Programmes, certificate.Sum(one))
	}
	if link := a.checkLink(c.Code); link != "" {
		p.Link = link
		_, p.Site, _ = strings.Cut(a.siteURL+"/v", "://")
	}
	return p
}

// checkLink returns where anybody checks the certificate, or empty.
func (a *App) checkLink(code string) string {
	if a.siteURL == "" {
		return ""
	}
	return a.siteURL + "/v/" + code
}
