package app

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

var errTooManyChecks = apperr.New(apperr.TooMany, "too_many_checks", "查不到的编号太多了，请核对后过十分钟再试，或打电话给出具单位。", "Too many of these could not be found; please check them and try again in ten minutes, or call the office.")

// misses counts what was not found, by address of who asked: nobody finds a code
// or a name by trying. What is found costs nothing, so a clerk is not stopped.
type misses struct {
	mu    sync.Mutex
	since time.Time
	of    map[string]int
}

const (
	missesFor     = 10 * time.Minute
	missesAllowed = 60
)

// allow reports whether the address may ask again.
func (m *misses) allow(address string, now time.Time) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.of == nil || now.Sub(m.since) >= missesFor || now.Before(m.since) {
		m.since, m.of = now, map[string]int{}
	}
	return m.of[address] < missesAllowed
}

func (m *misses) add(address string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.of != nil {
		m.of[address]++
	}
}

// Checked is what anybody learns who holds a certificate.
type Checked struct {
	domain.Certificate
	MaskedName string // 王**; people.Erased of whoever had themself erased
}

// CheckCertificate says what became of the certificate with a code, to anybody,
// signed in or not. It returns domain.ErrNoCertificate for what is no code and
// for what is nobody's alike, and TooMany after many of these from one address.
func (a *App) CheckCertificate(ctx context.Context, address, typed string) (c Checked, err error) {
	if !a.misses.allow(address, a.clock.Now()) {
		return c, errTooManyChecks
	}
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		code, ok := domain.ReadCode(typed)
		if !ok {
			return domain.ErrNoCertificate
		}
		c, err = a.checked(ctx, q, func() (domain.Certificate, error) { return store.FindCertificateByCode(ctx, q, a.papers, code) }, "")
		return err
	})
	if errors.Is(err, domain.ErrNoCertificate) {
		a.misses.add(address)
	}
	return c, err
}

// checked returns the certificate, if it is in the name that is given; any is
// when none is.
func (a *App) checked(ctx context.Context, q postgres.Querier, find func() (domain.Certificate, error), name string) (Checked, error) {
	c, err := find()
	if err != nil {
		return Checked{}, err
	}
	faces, err := store.FindFaces(ctx, q, a.papers, c.ID)
	if err != nil {
		return Checked{}, err
	}
	masked := people.Erased
	if face, ok := faces[c.ID]; ok {
		masked = people.Surname(face.Name)
	}
	if name != "" && plainName(faces[c.ID].Name) != name {
		return Checked{}, domain.ErrNoCertificate
	}
	return Checked{c, masked}, nil
}

// plainName is a name without the ways in which people write it.
func plainName(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || r == '\u200b':
			return -1
		case strings.ContainsRune("•・．‧∙.", r):
			return '·'
		}
		return r
	}, name)
}

// CheckCertificates says the same of each line: a code, or a number together with
// the whole name, as a clerk pastes them. A number alone says nothing: numbers
// run on, and could be counted up. What is not found is nil.
func (a *App) CheckCertificates(ctx context.Context, address string, lines []string) ([]*Checked, error) {
	found := make([]*Checked, len(lines))
	err := a.db.Read(ctx, func(q postgres.Querier) error {
		for i, line := range lines {
			if !a.misses.allow(address, a.clock.Now()) {
				return errTooManyChecks
			}
			c, err := a.checkLine(ctx, q, line)
			switch {
			case errors.Is(err, domain.ErrNoCertificate):
				a.misses.add(address)
			case err != nil:
				return err
			default:
				found[i] = &c
			}
		}
		return nil
	})
	return found, err
}

func (a *App) checkLine(ctx context.Context, q postgres.Querier, line string) (Checked, error) {
	asked := domain.ReadCheckLine(line)
	name := plainName(asked.Name)
	switch {
	case asked.Code != "":
		return a.checked(ctx, q, func() (domain.Certificate, error) { return store.FindCertificateByCode(ctx, q, a.papers, asked.Code) }, name)
	case asked.Number.Issuer != "" && name != "":
		return a.checked(ctx, q, func() (domain.Certificate, error) {
			return store.FindCertificateByNumber(ctx, q, a.papers, asked.Number)
		}, name)
	default:
		return Checked{}, domain.ErrNoCertificate
	}
}
