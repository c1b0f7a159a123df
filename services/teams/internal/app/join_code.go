package app

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// A join code is written as 24 letters: its handle of 64 random bits, and 80
// bits of a keyed fingerprint over the handle, the team, the epoch and the
// end. The key is in the key file (package vault), so whoever reads or writes
// the table alone can make no code, nor lengthen one.
const (
	handleSize    = 8
	signatureSize = 10
)

// GivenCode is a join code as its leader sees it.
type GivenCode struct {
	Code     domain.JoinCode
	Text     string
	TeamName string
}

// OpenedCode is what whoever opened a join code sees before joining.
type OpenedCode struct {
	TeamID    string
	TeamName  string
	ExpiresAt time.Time
	Counts    bool
	Mine      domain.MembershipState // what the reader is there already
}

func (a *App) writeCode(c domain.JoinCode) string {
	return base64.RawURLEncoding.EncodeToString(append(append([]byte{}, c.Handle...), a.signCode(c)...))
}

func (a *App) signCode(c domain.JoinCode) []byte {
	signed := fmt.Sprintf("%s %s %d %d", hex.EncodeToString(c.Handle), c.TeamID, c.Epoch, c.ExpiresAt.Unix())
	return a.vault.BlindIndex("join_code", signed)[:signatureSize]
}

// readCode returns the code that a text is, whether it counts or not, or domain.ErrJoinCode.
func (a *App) readCode(ctx context.Context, q postgres.Querier, text string) (domain.JoinCode, error) {
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(raw) != handleSize+signatureSize {
		return domain.JoinCode{}, domain.ErrJoinCode
	}
	c, err := store.FindJoinCode(ctx, q, raw[:handleSize])
	if err != nil {
		return domain.JoinCode{}, err
	}
	if subtle.ConstantTimeCompare(raw[handleSize:], a.signCode(c)) != 1 {
		return domain.JoinCode{}, domain.ErrJoinCode
	}
	return c, nil
}

// MakeJoinCode makes a code that takes in whoever opens it within its life.
func (a *App) MakeJoinCode(ctx context.Context, teamID string, life time.Duration) (GivenCode, error) {
	type request struct {
		TeamID string
		Life   time.Duration
	}
	made, err := idempotency.Do(ctx, a.db, a.clock.Now(), "createJoinCode", request{teamID, life}, func(q postgres.Querier) (GivenCode, error) {
		p, err := auth.From(ctx)
		if err != nil {
			return GivenCode{}, err
		}
		team, err := a.lockTeamFor(ctx, q, runTeam, teamID)
		if err != nil {
			return GivenCode{}, err
		}
		epoch, err := store.FindJoinEpoch(ctx, q, teamID)
		if err != nil {
			return GivenCode{}, err
		}
		c, err := team.NewJoinCode(epoch, p.VolunteerID, life, a.clock.Now())
		if err != nil {
			return GivenCode{}, err
		}
		if err := store.InsertJoinCode(ctx, q, c); err != nil {
			return GivenCode{}, err
		}
		return GivenCode{Code: c, TeamName: team.Name}, store.InsertRecord(ctx, q, domain.NewRecord(p.VolunteerID, "join_code.made", "team", teamID, a.clock.Now()))
	})
	made.Text = a.writeCode(made.Code) // not kept with the answer
	return made, err
}

// ListJoinCodes returns a brigade's codes that count now, the newest first.
func (a *App) ListJoinCodes(ctx context.Context, teamID string) ([]GivenCode, error) {
	var given []GivenCode
	err := a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		team, err := a.teamFor(ctx, q, runTeam, teamID)
		if err != nil {
			return err
		}
		epoch, err := store.FindJoinEpoch(ctx, q, teamID)
		if err != nil {
			return err
		}
		codes, err := store.ListJoinCodes(ctx, q, teamID, epoch, a.clock.Now())
		for _, c := range codes {
			given = append(given, GivenCode{Code: c, Text: a.writeCode(c), TeamName: team.Name})
		}
		return err
	})
	return given, err
}

// WithdrawJoinCode ends a code at once. Twice is no error.
func (a *App) WithdrawJoinCode(ctx context.Context, teamID, codeID string) error {
	p, err := auth.From(ctx)
	if err != nil {
		return err
	}
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		if _, err := a.lockTeamFor(ctx, q, runTeam, teamID); err != nil {
			return err
		}
		c, err := store.LockJoinCode(ctx, q, codeID)
		if err != nil {
			return err
		}
		if c.TeamID != teamID {
			return domain.ErrJoinCode
		}
		if !c.WithdrawnAt.IsZero() {
			return nil
		}
		c.WithdrawnAt = a.clock.Now()
		if err := store.UpdateJoinCode(ctx, q, c); err != nil {
			return err
		}
		return store.InsertRecord(ctx, q, domain.NewRecord(p.VolunteerID, "join_code.withdrawn", "team", teamID, c.WithdrawnAt))
	})
}

// OpenJoinCode says which brigade a code is for, and whether it still counts.
func (a *App) OpenJoinCode(ctx context.Context, text string) (OpenedCode, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return OpenedCode{}, err
	}
	var opened OpenedCode
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		c, err := a.readCode(ctx, q, text)
		if err != nil {
			return err
		}
		team, err := store.FindTeam(ctx, q, c.TeamID)
		if err != nil {
			return err
		}
		epoch, err := store.FindJoinEpoch(ctx, q, c.TeamID)
		if err != nil {
			return err
		}
		m, err := store.FindActiveMembership(ctx, q, c.TeamID, p.VolunteerID)
		if err != nil && !errors.Is(err, domain.ErrNoMembership) {
			return err
		}
		opened = OpenedCode{TeamID: team.ID, TeamName: team.Name, ExpiresAt: c.ExpiresAt, Counts: c.Counts(epoch, a.clock.Now()), Mine: m.State}
		return nil
	})
	return opened, err
}

// UseJoinCode takes whoever asks into the code's brigade. It is judged now,
// not when it was opened. It returns domain.ErrJoinCode, domain.ErrJoinCodeOver
// or why the person cannot join; for a member nothing changes.
func (a *App) UseJoinCode(ctx context.Context, text string) (Settled, error) {
	// The code is as good as a password for its day: not even its hash is kept.
	request := a.vault.BlindIndex("join_code_request", text)
	return a.settle(ctx, "useJoinCode", request, func(q postgres.Querier) (domain.Membership, error) {
		p, err := auth.From(ctx)
		if err != nil {
			return domain.Membership{}, err
		}
		found, err := a.readCode(ctx, q, text)
		if err != nil {
			return domain.Membership{}, err
		}
		team, err := store.LockTeam(ctx, q, found.TeamID)
		if err != nil {
			return domain.Membership{}, err
		}
		code, err := store.LockJoinCode(ctx, q, found.ID)
		if err != nil {
			return domain.Membership{}, err
		}
		return a.join(ctx, q, team, code, p.VolunteerID)
	})
}

func (a *App) join(ctx context.Context, q postgres.Querier, team domain.Team, code domain.JoinCode, volunteerID string) (domain.Membership, error) {
	epoch, err := store.FindJoinEpoch(ctx, q, team.ID)
	if err != nil {
		return domain.Membership{}, err
	}
	who, err := a.candidate(ctx, q, volunteerID)
	if err != nil {
		return domain.Membership{}, err
	}
	last, err := a.lockNewest(ctx, q, team.ID, volunteerID)
	if err != nil {
		return domain.Membership{}, err
	}
	m, changed, err := team.Join(code, epoch, who, last, a.clock.Now())
	if err != nil || !changed {
		return m, err
	}
	code.Uses++
	if err := store.UpdateJoinCode(ctx, q, code); err != nil {
		return m, err
	}
	if err := store.InsertRecord(ctx, q, domain.NewRecord(volunteerID, "membership.joined_by_code", "membership", m.ID, a.clock.Now()).About(volunteerID)); err != nil {
		return m, err
	}
	return m, a.keepMembership(ctx, q, m, m.ID != last.ID)
}
